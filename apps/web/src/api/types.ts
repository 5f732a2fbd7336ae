import type { components } from './schema.js';

/** Short names for what the API's document defines. */
type Schemas = components['schemas'];

export type Session = Schemas['SessionDto'];
export type Grant = Schemas['GrantDto'];
export type Role = Grant['role'];
export type Account = Schemas['AccountDto'];
export type AccessEntry = Schemas['AccessLogEntryDto'];
export type Line = Schemas['BookLineDto'];
export type LineFigures = Schemas['LineFiguresDto'];
export type Lines = Schemas['LinesDto'];
export type Overview = Schemas['OverviewDto'];
export type EventJson = Schemas['EventDto'];
export type Code = Schemas['CodeDto'];
export type EffectLine = Schemas['EffectLineDto'];
export type Entry = Schemas['EntryDto'];
export type LineLeft = Schemas['LineLeftDto'];
export type ApprovalRule = Schemas['ApprovalRuleDto'];
export type Preview = Schemas['PreviewDto'];
export type Proposal = Schemas['ProposalDto'];

type Previewed = Schemas['PreviewBodyDto']['posting'];
/** A posting on its way to the server, which alone judges what is in it: the forms know places, not types. */
export type Posting = Record<string, unknown>;
export const unjudged = (posting: Posting) => posting as Previewed;
