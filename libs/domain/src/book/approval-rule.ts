import { Map as PersistentMap } from 'immutable';
import type { Movement } from '../entries/movements-of.js';
import { MOVEMENT_KINDS } from '../entries/movements.js';
import { fen, toFen, type Fen } from '../money/index.js';
import type { ApprovalRuleSet, BookEvent } from './events.js';
import type { BookState, Posting } from './state.js';
import { lineKeyText } from './vocabulary.js';

/** When a posting needs a second person: by its amount, or together with what was posted without one. */
export type ApprovalReason = 'threshold' | 'split';

/** A posting that is being decided: what the rule looks at. */
export interface PostingInQuestion {
  readonly date: string;
  readonly movements: readonly Movement[];
  readonly party: string | undefined;
  /** A reversal: it is judged by its own amount, not together with what it takes back. */
  readonly reverses: boolean;
}

/**
 * The amount of a posting in fen: what it brings to its lines or what it takes from them, whichever is more. So a
 * transfer counts once, and a payment out of a reservation by what is paid. Throws MoneyOverflow.
 */
export const amountOfMovements = (movements: readonly Movement[]): Fen => fen(weightOf(movements));

/**
 * The same as a number that may pass the range of fen, and so any threshold: sums for the rule are taken while a
 * book is folded, where nothing may throw.
 */
function weightOf(movements: readonly Movement[]): number {
  let brought = 0;
  let taken = 0;
  for (const { kind, amountFen } of movements) {
    const takes = (MOVEMENT_KINDS[kind].credit === 'executable') !== amountFen < 0;
    if (takes) taken += Math.abs(amountFen);
    else brought += Math.abs(amountFen);
  }
  return Math.max(brought, taken);
}

/** Why a posting needs a second person; undefined where it does not, and where it moves no money. */
export function approvalReason(
  state: BookState,
  posting: PostingInQuestion,
): ApprovalReason | undefined {
  const threshold = toFen(state.approvalRule.threshold);
  const amount = weightOf(posting.movements);
  if (amount === 0) return undefined;
  if (amount > threshold) return 'threshold';
  return !posting.reverses && isSplit(state, posting, threshold) ? 'split' : undefined;
}

/**
 * Whether what was posted around the same day without a second person, by whomever, passes the threshold together
 * with this posting: on one of its lines or to the same party (化整为零; docs/decisions/0019). Reversed entries do
 * not count.
 */
function isSplit(state: BookState, posting: PostingInQuestion, threshold: Fen): boolean {
  const days = daysAround(posting.date, state.approvalRule.windowDays);
  for (const [key, weight] of weightsOf(posting)) {
    let sum = weight;
    for (const day of days) sum += state.unapproved?.get(dayKey(day, key)) ?? 0;
    if (sum > threshold) return true;
  }
  return false;
}

/** What a posting weighs on each of its lines, and with its party. */
function* weightsOf({
  movements,
  party,
}: Pick<Posting, 'movements' | 'party'>): Generator<[key: string, weight: number]> {
  for (const [line, ofLine] of Map.groupBy(movements, lineKeyText))
    yield [`line ${line}`, weightOf(ofLine)];
  if (party !== undefined) yield [party, weightOf(movements)];
}

const DAY_MS = 86_400_000;

function daysAround(date: string, windowDays: number): readonly string[] {
  const middle = Date.parse(date);
  return Array.from({ length: 2 * windowDays + 1 }, (_, i) =>
    new Date(middle + (i - windowDays) * DAY_MS).toISOString().slice(0, 10),
  );
}

const dayKey = (date: string, key: string): string => `${date}\n${key}`;

/** Whether nobody but the person who posted it has seen a posting. */
const isUnapproved = ({ actor, approvedBy }: Posting): boolean =>
  approvedBy === undefined || approvedBy === actor;

/** The state with a posting counted that nobody else has seen. Under a rule that does not look nothing is counted. */
export const withUnapproved = (state: BookState, posting: Posting): BookState =>
  counting(state, posting, 1);

/** The state without a posting, which was reversed. */
export const withoutUnapproved = (state: BookState, posting: Posting): BookState =>
  counting(state, posting, -1);

function counting(state: BookState, posting: Posting, sign: 1 | -1): BookState {
  let { unapproved } = state;
  if (!unapproved || !isUnapproved(posting)) return state;
  for (const [counted, weight] of weightsOf(posting)) {
    const key = dayKey(posting.date, counted);
    unapproved = unapproved.set(key, (unapproved.get(key) ?? 0) + sign * weight);
  }
  return { ...state, unapproved };
}

/** The state under another rule. Where everything needs approval nothing has to be added up. */
export function withRule(state: BookState, approvalRule: ApprovalRuleSet): BookState {
  const after: BookState = { ...state, approvalRule, unapproved: undefined };
  if (toFen(approvalRule.threshold) === 0) return after;
  return [...state.postings.values()]
    .filter(({ reversedBy }) => reversedBy === undefined)
    .reduce(withUnapproved, { ...after, unapproved: PersistentMap<string, number>() });
}

/** Who gets the money of an event, or will get it, as a key to compare. */
export function partyOf(event: BookEvent): string | undefined {
  switch (event.type) {
    case 'PaymentMade': {
      const { payee } = event.data;
      return `payee ${'name' in payee ? payee.name : payee.subject}`;
    }
    case 'FundsAllocatedDirectly':
      return `recipient ${event.data.recipient.code}`;
    case 'FundsReserved': {
      const { counterparty } = event.data;
      return counterparty === undefined ? undefined : `counterparty ${counterparty}`;
    }
    default:
      return undefined;
  }
}
