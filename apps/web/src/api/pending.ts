import type { components } from './schema.js';

type Shape = components['schemas'];

/**
 * Answers of routes that the API's document does not describe yet. Each part goes as soon as the document has it.
 */
export type Book = Shape['BookSummaryDto'];
export type LineFigures = Shape['LineFiguresDto'] & { held?: string };
export type Line = Shape['BookLineDto'];
export type Lines = Shape['LinesDto'];
export type Overview = Shape['OverviewDto'];
export type EventJson = Shape['EventDto'];
export type Code = Shape['CodeDto'];
export type Classifications = Shape['ClassificationsDto'];

export type Posting = Record<string, unknown>;
interface Change {
  before: string;
  after: string;
}
export interface EffectLine {
  project: string;
  fund: string;
  origin: string;
  executable: Change;
  unreleased: Change;
}
export interface Refusal {
  code: string;
  message: string;
  errors?: { pointer: string; code: string; message: string }[];
}
export interface Preview {
  command: Posting;
  effect: EffectLine[];
  refusal?: Refusal;
  needsApproval: boolean;
  why?: string;
}
export interface Proposal {
  id: string;
  kind: string;
  payee?: string;
  unit: string;
  fiscalYear: number;
  version: number;
  state: 'open' | 'returned' | 'withdrawn' | 'approved';
  hash: string;
  posting: Posting;
  amount: string;
  proposedBy: string;
  proposedAt: string;
  ageDays: number;
  editedBy: string[];
  reason?: string;
  effect: EffectLine[];
  refusal?: Refusal;
}
interface Answer<T> {
  responses: { 200: { content: { 'application/json': T } } };
}
interface Taking<Body, T> extends Answer<T> {
  requestBody: { content: { 'application/json': Body } };
}
type At<Path, More extends object = object> = { parameters: { path: Path } & More };
interface InBook {
  unit: string;
  year: string;
}
interface OfProposal extends InBook {
  id: string;
}

export interface PendingPaths {
  '/api/v1/books/{unit}/{year}/preview': {
    post: Taking<{ posting: Posting; proposal?: string }, Preview> & At<InBook>;
  };
  '/api/v1/proposals': {
    get: Answer<{ proposals: Proposal[] }> & {
      parameters: { query: { waitingFor: 'me' | 'mine' } };
    };
  };
  '/api/v1/books/{unit}/{year}/proposals': {
    get: Answer<{ proposals: Proposal[] }> & At<InBook, { query?: { state?: string } }>;
  };
  '/api/v1/books/{unit}/{year}/proposals/{id}': {
    get: Answer<Proposal> & At<OfProposal>;
    put: Taking<{ posting: Posting; reason?: string }, Proposal> & At<OfProposal>;
  };
  '/api/v1/books/{unit}/{year}/proposals/{id}/approval': {
    post: Taking<{ hash: string }, object> & At<OfProposal>;
  };
  '/api/v1/books/{unit}/{year}/proposals/{id}/return': {
    post: Taking<{ hash: string; reason: string }, Proposal> & At<OfProposal>;
  };
  '/api/v1/books/{unit}/{year}/proposals/{id}/withdrawal': {
    post: Taking<{ reason?: string }, Proposal> & At<OfProposal>;
  };
}
