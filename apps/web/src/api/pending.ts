/**
 * Answers of routes that the API's document does not describe yet. Each part goes as soon as the document has it.
 */
export interface Book {
  unit: string;
  fiscalYear: number;
  unitName: string;
  divisionName: string;
  status: string;
}

export interface LineFigures {
  initialBudget: string;
  midYearAdjustment: string;
  directAllocation: string;
  carryoverIn: string;
  fullYearBudget: string;
  reserved: string;
  held?: string;
  expenditure: string;
  executable: string;
  unreleased: string;
  executionRate: string;
}
export interface Line extends LineFigures {
  project: string;
  projectName: string;
  category: string;
  fund: string;
  origin: string;
  function: string;
}
export interface Lines {
  logSize: number;
  book: Book;
  totals: LineFigures;
  lines: Line[];
}
export interface Overview {
  logSize: number;
  book: Book;
  asOf: string;
  timeGonePercent: string;
  executionPercent: string;
  fullYearBudget: string;
  expenditure: string;
  executable: string;
  projects: {
    project: string;
    name: string;
    category: string;
    fullYearBudget: string;
    expenditure: string;
    rate: string;
  }[];
  unacknowledged: {
    index: number;
    allocation: string;
    recipient: string;
    document: string;
    date: string;
    amount: string;
    open: string;
    ageDays: number;
  }[];
  waiting: { open: number; oldestDays?: number };
  recent: EventJson[];
  findings: { check: string; holds: boolean; blocks: boolean; message: string }[];
}
export interface EventJson {
  index: number;
  revision: number;
  type: string;
  date: string;
  recordedAt: string;
  actor: string;
  approvedBy: string | null;
  commandId: string;
  data: Record<string, unknown>;
}
export interface Code {
  code: string;
  zh: string;
  en: string;
}
export interface Classifications {
  functions: Code[];
  economics: Code[];
  funds: Code[];
  origins: Code[];
  categories: Code[];
}

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
  '/api/v1/books': { get: Answer<{ books: Book[] }> };
  '/api/v1/classifications': { get: Answer<Classifications> };
  '/api/v1/books/{unit}/{year}/lines': { get: Answer<Lines> & At<InBook> };
  '/api/v1/books/{unit}/{year}/overview': { get: Answer<Overview> & At<InBook> };
  '/api/v1/books/{unit}/{year}/events': {
    get: Answer<{ events: EventJson[]; logSize: number; next?: number }> &
      At<InBook, { query?: { from?: string; to?: string; limit?: string } }>;
  };
  '/api/v1/books/{unit}/{year}/preview': {
    post: Taking<{ posting: Posting }, Preview> & At<InBook>;
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
