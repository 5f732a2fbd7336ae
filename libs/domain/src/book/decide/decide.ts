import { MoneyOverflow } from '../../money/index.js';
import { PROPOSABLE, type Command } from '../commands.js';
import { accepted, refused, refusedAt, type Result } from '../refusal.js';
import { withoutHolds } from '../evolve-proposals.js';
import type { BookEvent } from '../events.js';
import { DECISION } from '../sentences/proposals.js';
import type { BookState } from '../state.js';
import {
  adjustBudget,
  approveBudget,
  openBook,
  registerProject,
  transferBudget,
} from './budget.js';
import { bringInCarryover } from './carryover.js';
import { closeYear, reopenYear } from './closing.js';
import { reverseEntry } from './correction.js';
import {
  acknowledgeAllocation,
  allocateDirectly,
  releaseReservation,
  reserve,
} from './execution.js';
import { heldToRule } from './four-eyes.js';
import { makePayment, refundPayment } from './payments.js';
import {
  adoptIndicators,
  recordIndicatorResult,
  recordPriorYear,
  recordStatistic,
  scoreExecution,
} from './performance.js';
import {
  approvable,
  proposePosting,
  returnProposal,
  reviseProposal,
  withdrawProposal,
  type DecidePosting,
  type Proposing,
} from './proposals.js';

/** What a decision needs beside command and state. */
export interface DecisionContext {
  readonly actor: string;
  readonly approvedBy?: string | undefined;
  /** True where the book's approval rule binds: what it catches is refused (`approval-required`). */
  readonly fourEyes?: boolean | undefined;
  /** The hash of the proposal that the approver was shown, where the command approves one by having its id. */
  readonly approves?: string | undefined;
  /** SHA-256 (hex) of the content of the posting: of the one that is proposed, else of the command itself. */
  readonly hash?: string | undefined;
  /** For bring-in-carryover: the book it comes from, where that is in the same ledger. */
  readonly priorBook?: BookState;
}

/** Commands whose business date must lie in the fiscal year: all that move money, and the close itself. */
const IN_YEAR: ReadonlySet<Command['command']> = new Set(
  PROPOSABLE.filter((name) => name !== 'reopen-year'),
);

/** Commands that a closed book still takes: none of them moves money. A posting proposed is judged by itself. */
const AFTER_CLOSE: ReadonlySet<Command['command']> = new Set([
  'reopen-year',
  'publish-report',
  'propose-posting',
  'revise-proposal',
  'return-proposal',
  'withdraw-proposal',
]);

/** No person has this name: stands for whoever will approve. */
export const SOMEBODY = '';

/**
 * Decides a command against the state of its book: the event that records it, or a refusal with a code
 * and a sentence. Pure: the same arguments always give the same answer.
 */
export function decide(
  command: Command,
  state: BookState,
  context: DecisionContext,
): Result<BookEvent> {
  try {
    // the id of a proposal is that of the posting: whoever uses it approves, or is refused
    if (context.approves !== undefined || state.proposals.has(command.id))
      return approve(command, state, context);
    const result = judged(command, state, context);
    return result.ok && context.fourEyes ? heldToRule(command, state, result.value) : result;
  } catch (error) {
    if (error instanceof MoneyOverflow) return refused('money-overflow', DECISION.moneyOverflow());
    throw error;
  }
}

function approve(command: Command, state: BookState, context: DecisionContext): Result<BookEvent> {
  const { approves: shown, hash, actor, approvedBy } = context;
  const proposal = approvable(state, command.id, { shown, hash, actor, approvedBy });
  if (!proposal.ok) return proposal;
  return judged(command, withoutHolds(state, proposal.value), context);
}

function judged(command: Command, state: BookState, context: DecisionContext): Result<BookEvent> {
  const { id: book } = state;
  if (command.command !== 'open-book') {
    if (state.status === 'none') return refused('book-not-open', DECISION.notOpen({ book }));
    if (state.status === 'closed' && !AFTER_CLOSE.has(command.command))
      return refused('year-closed', DECISION.closed({ book, by: state.closing!.id }));
  }
  if (IN_YEAR.has(command.command) && !command.date.startsWith(`${book.fiscalYear}-`))
    return refusedAt(
      '/date',
      'date-outside-fiscal-year',
      DECISION.outsideYear({ date: command.date, year: book.fiscalYear }),
    );
  return decided(command, state, context);
}

function proposing({ hash, ...context }: DecisionContext): Proposing {
  if (hash === undefined) throw new TypeError('a proposal is decided with the hash of its posting');
  const decidePosting: DecidePosting = (posting, state) =>
    judged(posting, state, { ...context, approvedBy: SOMEBODY });
  return { hash, decidePosting };
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
    case 'propose-posting':
      return proposePosting(command, state, proposing(context));
    case 'revise-proposal':
      return reviseProposal(command, state, proposing(context));
    case 'return-proposal':
      return returnProposal(command, state);
    case 'withdraw-proposal':
      return withdrawProposal(command, state);
    case 'set-approval-rule': {
      const { threshold, windowDays } = command;
      return accepted({ type: 'ApprovalRuleSet', data: { threshold, windowDays } });
    }
    default:
      return assertNever(command);
  }
}

function assertNever(command: never): never {
  throw new TypeError(`not a command: ${JSON.stringify(command)}`);
}
