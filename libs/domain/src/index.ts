export * from './money/index.js';
export * from './classification/index.js';
export * from './book/vocabulary.js';
export * from './book/events.js';
export {
  contentOf,
  postingIn,
  PROPOSABLE,
  type Command,
  type CommandBody,
  type CommandLine,
  type CommandName,
  type CommandOf,
  type ProposableCommand,
  type PostingContent,
  type ProposableName,
  type ProposedPosting,
} from './book/commands.js';
export * from './book/errors.js';
export * from './book/refusal.js';
export { PROPOSALS } from './book/sentences/proposals.js';
export * from './sentences/index.js';
export * from './people/duties-conflict.js';
export * from './people/roles.js';
export { isCalendarDate } from './book/read/fields.js';
export { COMMAND_NAMES, isCommandName, readCommand } from './book/read/read-command.js';
export {
  emptyBook,
  measureOfBook,
  sumOfLine,
  type BookState,
  type LineState,
  type Posting,
  type Project,
  type Proposal,
  type ProposalState,
} from './book/state.js';
export { evolve } from './book/evolve.js';
export { decide, SOMEBODY, type DecisionContext } from './book/decide/decide.js';
export { approvalNeeded } from './book/decide/four-eyes.js';
export type { ApprovalReason } from './book/approval-rule.js';
export { amountOfPosting } from './book/proposed-amount.js';
export { withoutHolds } from './book/evolve-proposals.js';
export { effectOf, type BeforeAfter, type LineEffect } from './book/effect.js';
export { proposedClosing, remaindersOf, type LineRemainder } from './book/closing.js';
export { leftOfEntry, type EntryLeft, type LineLeft } from './book/left.js';
export { nextYearOpening } from './book/opening.js';
export * from './entries/movements.js';
export {
  entryLinesOf,
  movementsOf,
  procurementOf,
  type EntryLine,
  type Movement,
} from './entries/movements-of.js';
export {
  balanceOf,
  isMeasureName,
  MEASURES,
  type Coefficients,
  type MeasureDefinition,
  type MeasureName,
  type SumMeasure,
} from './measures/measures.js';
