export * from './money/index.js';
export * from './classification/index.js';
export * from './book/vocabulary.js';
export * from './book/events.js';
export type { Command, CommandBody, CommandLine, CommandName, CommandOf } from './book/commands.js';
export * from './book/errors.js';
export * from './people/roles.js';
export { isCalendarDate } from './book/read/fields.js';
export {
  COMMAND_NAMES,
  contentOfCommand,
  isCommandName,
  readCommand,
} from './book/read/read-command.js';
export {
  emptyBook,
  measureOfBook,
  sumOfLine,
  type BookState,
  type LineState,
  type Posting,
  type Project,
} from './book/state.js';
export { evolve } from './book/evolve.js';
export { decide, type DecisionContext } from './book/decide/decide.js';
export { proposedClosing, remaindersOf, type LineRemainder } from './book/closing.js';
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
