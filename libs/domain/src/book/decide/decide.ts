import { MoneyOverflow } from '../../money/index.js';
import type { Command } from '../commands.js';
import { accepted, refused, refusedAt, type Result } from '../errors.js';
import type { BookEvent } from '../events.js';
import type { BookState } from '../state.js';
import {
  adjustBudget,
  approveBudget,
  bringInCarryover,
  openBook,
  registerProject,
  transferBudget,
} from './budget.js';
import { closeYear, reopenYear } from './closing.js';
import { reverseEntry } from './correction.js';
import {
  acknowledgeAllocation,
  allocateDirectly,
  makePayment,
  refundPayment,
  releaseReservation,
  reserve,
} from './execution.js';
import {
  adoptIndicators,
  recordIndicatorResult,
  recordPriorYear,
  recordStatistic,
  scoreExecution,
} from './performance.js';

/** What a decision needs beside command and state. */
export interface DecisionContext {
  readonly actor: string;
  readonly approvedBy?: string;
  /** For bring-in-carryover: the book it comes from, where that is in the same ledger. */
  readonly priorBook?: BookState;
}

/** Commands whose business date must lie in the fiscal year: all that move money, and the close itself. */
const IN_YEAR: ReadonlySet<Command['command']> = new Set([
  'bring-in-carryover',
  'approve-budget',
  'adjust-budget',
  'transfer-budget',
  'allocate-directly',
  'reserve',
  'release',
  'make-payment',
  'refund-payment',
  'reverse-entry',
  'close-year',
]);

/** Commands that a closed book still takes: none of them moves money. */
const AFTER_CLOSE: ReadonlySet<Command['command']> = new Set(['reopen-year', 'publish-report']);

/**
 * Decides a command against the state of its book: the event that records it, or a refusal with a code
 * and a sentence. Pure: the same arguments always give the same answer.
 */
export function decide(
  command: Command,
  state: BookState,
  context: DecisionContext,
): Result<BookEvent> {
  const { unit, fiscalYear } = state.id;
  if (command.command !== 'open-book') {
    if (state.status === 'none')
      return refused('book-not-open', `book ${unit} ${fiscalYear} is not open`);
    if (state.status === 'closed' && !AFTER_CLOSE.has(command.command))
      return refused(
        'year-closed',
        `book ${unit} ${fiscalYear} was closed by ${state.closing?.id}; it takes only reopen-year`,
      );
  }
  if (IN_YEAR.has(command.command) && !command.date.startsWith(`${fiscalYear}-`))
    return refusedAt(
      '/date',
      'date-outside-fiscal-year',
      `the business date ${command.date} is not in the fiscal year ${fiscalYear}`,
    );
  try {
    return decided(command, state, context);
  } catch (error) {
    if (error instanceof MoneyOverflow) return refused('money-overflow', error.message);
    throw error;
  }
}

function decided(command: Command, state: BookState, context: DecisionContext): Result<BookEvent> {
  switch (command.command) {
    case 'open-book':
      return openBook(command, state);
    case 'register-project':
      return registerProject(command, state);
    case 'bring-in-carryover':
      return bringInCarryover(command, state, context.priorBook);
    case 'approve-budget':
      return approveBudget(command, state);
    case 'adjust-budget':
      return adjustBudget(command, state);
    case 'transfer-budget':
      return transferBudget(command, state);
    case 'allocate-directly':
      return allocateDirectly(command, state);
    case 'acknowledge-allocation':
      return acknowledgeAllocation(command, state);
    case 'reserve':
      return reserve(command, state);
    case 'release':
      return releaseReservation(command, state);
    case 'make-payment':
      return makePayment(command, state);
    case 'refund-payment':
      return refundPayment(command, state);
    case 'reverse-entry':
      return reverseEntry(command, state);
    case 'record-statistic':
      return recordStatistic(command);
    case 'record-prior-year':
      return recordPriorYear(command, state);
    case 'adopt-indicators':
      return adoptIndicators(command);
    case 'record-indicator-result':
      return recordIndicatorResult(command, state);
    case 'score-execution':
      return scoreExecution(command, state);
    case 'close-year':
      return closeYear(command, state);
    case 'reopen-year':
      return reopenYear(command, state, context.actor, context.approvedBy);
    case 'publish-report': {
      const { report, figuresHash, logSize, checkpoint } = command;
      return accepted({
        type: 'ReportPublished',
        data: { report, figuresHash, logSize, ...(checkpoint !== undefined && { checkpoint }) },
      });
    }
    default:
      return assertNever(command);
  }
}

function assertNever(command: never): never {
  throw new TypeError(`not a command: ${JSON.stringify(command)}`);
}
