import { Map as PersistentMap } from 'immutable';
import type { Movement } from '../entries/movements-of.js';
import { MOVEMENT_KINDS } from '../entries/movements.js';
import { addFen, absFen, toFen, ZERO_FEN, type Fen } from '../money/index.js';
import type { ApprovalRuleSet, BookEvent } from './events.js';
import type { BookState, Posting } from './state.js';
import { lineKeyText } from './vocabulary.js';

/** When a posting needs a second person: by its amount, or together with what the same person posted alone. */
export type ApprovalReason = 'threshold' | 'split';

/** A posting that is being decided: what the rule looks at. */
export interface PostingInQuestion {
  readonly actor: string;
  readonly date: string;
  readonly movements: readonly Movement[];
  readonly party: string | undefined;
  /** A reversal: it is judged by its own amount, not together with what it takes back. */
  readonly reverses: boolean;
}

/**
 * The amount of a posting in fen: what it brings to its lines or what it takes from them, whichever is more. So a
 * transfer counts once, and a payment out of a reservation by what is paid.
 */
export function amountOfMovements(movements: readonly Movement[]): Fen {
  let brought = ZERO_FEN;
  let taken = ZERO_FEN;
  for (const { kind, amountFen } of movements) {
    const takes = (MOVEMENT_KINDS[kind].credit === 'executable') !== amountFen < 0;
    if (takes) taken = addFen(taken, absFen(amountFen));
    else brought = addFen(brought, absFen(amountFen));
  }
  return brought > taken ? brought : taken;
}

/** Why a posting needs a second person; undefined where it does not, and where it moves no money. */
export function approvalReason(
  state: BookState,
  posting: PostingInQuestion,
): ApprovalReason | undefined {
  const threshold = toFen(state.approvalRule.threshold);
  const amount = amountOfMovements(posting.movements);
  if (amount === 0) return undefined;
  if (amount > threshold) return 'threshold';
  return !posting.reverses && isSplit(state, posting, threshold) ? 'split' : undefined;
}

/**
 * Whether what the same person posted alone around the same day, on one of the lines or to the same party,
 * passes the threshold together with this posting. Reversed entries do not count.
 */
function isSplit(state: BookState, posting: PostingInQuestion, threshold: Fen): boolean {
  const keys = new Set(posting.movements.map(lineKeyText));
  const sums = new Map<string, Fen>();
  const add = (key: string, amount: Fen) =>
    sums.set(key, addFen(sums.get(key) ?? ZERO_FEN, amount));
  const count = ({ movements, party }: Pick<Posting, 'movements' | 'party'>) => {
    for (const key of keys)
      add(key, amountOfMovements(movements.filter((m) => lineKeyText(m) === key)));
    if (party !== undefined && party === posting.party) add(PARTY, amountOfMovements(movements));
  };
  count(posting);
  for (const earlier of postedAlone(state, posting)) count(earlier);
  return [...sums.values()].some((sum) => sum > threshold);
}

const PARTY = 'party';

function* postedAlone(
  state: BookState,
  { actor, date }: PostingInQuestion,
): Generator<Posting, void> {
  const { windowDays } = state.approvalRule;
  for (let days = -windowDays; days <= windowDays; days++) {
    let entry = state.alone?.get(aloneKey(actor, dayAfter(date, days)));
    for (; entry; entry = entry.before) {
      const posting = state.postings.get(entry.id);
      if (posting && posting.reversedBy === undefined) yield posting;
    }
  }
}

const DAY_MS = 86_400_000;
const dayAfter = (date: string, days: number): string =>
  new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);

const aloneKey = (actor: string, date: string): string => `${date}\n${actor}`;

/** Whether nobody but the person who posted it has seen a posting. */
export const isAlone = ({ actor, approvedBy }: Posting): boolean =>
  approvedBy === undefined || approvedBy === actor;

/** The state with one more posting that one person made alone. */
export function withAlone(state: BookState, { id, actor, date }: Posting): BookState {
  const alone = state.alone ?? PersistentMap();
  const key = aloneKey(actor, date);
  return { ...state, alone: alone.set(key, { id, before: alone.get(key) }) };
}

/** The state under another rule. Where everything needs approval nothing has to be added up. */
export function withRule(state: BookState, approvalRule: ApprovalRuleSet): BookState {
  const after: BookState = { ...state, approvalRule, alone: undefined };
  if (toFen(approvalRule.threshold) === 0) return after;
  return [...state.postings.values()]
    .filter(isAlone)
    .reduce(withAlone, { ...after, alone: PersistentMap() });
}

/** Who gets the money of an event, as a key to compare. */
export function partyOf(event: BookEvent): string | undefined {
  switch (event.type) {
    case 'PaymentMade': {
      const { payee } = event.data;
      return `payee ${'name' in payee ? payee.name : payee.subject}`;
    }
    case 'FundsAllocatedDirectly':
      return `recipient ${event.data.recipient.code}`;
    default:
      return undefined;
  }
}
