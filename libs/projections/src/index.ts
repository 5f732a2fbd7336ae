export { Ledger, type MeasureQuery } from './ledger.js';
export type { Found, HistoryRequest, SearchRequest } from './history/book-history.js';
export type { EventFilter, LineWanted } from './history/event-filter.js';
export type { LedgerOptions } from './open-parts.js';
export { configuredStore } from './configured-store.js';
export { migrate, type LedgerPlace, type Migration } from './migrate/migrate.js';
export type { BookFigures, BroughtIn, Figure, Recorded, Sum } from './figures/figures.js';
export {
  bookLinesOf,
  type BookLine,
  type BookLines,
  type LineFigures,
} from './figures/book-lines.js';
export { narrow, readMoment, type AsOf, type Scope } from './figures/scope.js';
export { readScope, type MeasureAnswer } from './figures/measure-answer.js';
export {
  REGISTERS,
  type RegisterEntry,
  type RegisterLine,
  type RegisterName,
  type RegisterPage,
} from './registers/register.js';
export type { PageRequest } from './registers/load-register.js';
export type { Progress, ProjectionStatus } from './kernel/projector.js';
export { RUNNING_MEASURES, type ReplayStep, type RunningFigures } from './replay/replay.js';
export { LogProofs } from './proof/log-proofs.js';
export { accessLogOrigin, createSigningKey, readSigningKey } from './proof/signing-key.js';
export {
  verifyLog,
  type GivenCheckpoint,
  type LogFinding,
  type LogVerification,
} from './proof/verify-log.js';
export { CheckpointKeeper } from './proof/checkpoint-keeper.js';
export { sizeOfCheckpoint } from './proof/checkpoint-size.js';
export { proveStreams, type ProvedEvent, type ProvedStream } from './proof/prove-streams.js';
export type { Waiting, WaitingProposal } from './proposals/waiting-proposals.js';
export {
  detailOfProposal,
  viewOfProposal,
  type ProposalDetail,
  type ProposalStep,
  type ProposalView,
} from './proposals/proposal-view.js';
export { approveProposal, knownProposal, type ApprovalBy } from './proposals/approve-proposal.js';
export { ASKING } from './sentences/asking.js';
