import { addFen, subtractFen, toFen, ZERO_FEN, type Fen } from '../money/index.js';
import { documentKeys } from './documents.js';
import type { BookState, Left, Posting, Proposal } from './state.js';
import { leftKey, refundedBy, totals, withoutProcurement } from './taking.js';
import { lineKeyText, type LineKey } from './vocabulary.js';

/**
 * What an open proposal keeps from others beside the money of lines (`holds.ts`): papers, entries that it takes
 * from or reverses, and what can be done once only. Read from the posting as it was proposed (docs/decisions/0016).
 */
interface Claim {
  readonly key: string;
  /** How much of an entry, where others may take the rest. */
  readonly what?: Left;
}

type Claiming = Pick<Proposal, 'id' | 'posting' | 'holds'>;

const takingKey = (entry: string): string => `taking\n${entry}`;
export const reversalKey = (entry: string): string => `reversal\n${entry}`;
export const approvalKey = (line: LineKey): string => `approval\n${lineKeyText(line)}`;
export const CARRYOVER_KEY = 'carryover';
export const REOPENING_KEY = 'reopening';

/** Reads nothing of the state that could change while the proposal is open: it is the same when it is let go. */
function claimsOf(state: BookState, { posting, holds }: Claiming): readonly Claim[] {
  switch (posting.command) {
    case 'bring-in-carryover':
      return claimed([
        ...documentKeys({ type: 'CarryoverBroughtIn', data: posting }),
        CARRYOVER_KEY,
      ]);
    case 'approve-budget':
      return claimed([
        ...documentKeys({ type: 'BudgetApproved', data: posting }),
        ...new Set(posting.lines.map(approvalKey)),
      ]);
    case 'adjust-budget':
      return claimed(documentKeys({ type: 'BudgetAdjusted', data: posting }));
    case 'transfer-budget':
      return claimed(documentKeys({ type: 'BudgetTransferred', data: posting }));
    case 'allocate-directly':
      return claimed(documentKeys({ type: 'FundsAllocatedDirectly', data: posting }));
    case 'release':
      return [reserved(posting.reservation, holds)];
    case 'make-payment':
      return [
        ...claimed(documentKeys({ type: 'PaymentMade', data: posting })),
        ...(posting.reservation === undefined ? [] : [reserved(posting.reservation, holds)]),
      ];
    case 'refund-payment': {
      const lines = linesOfPayment(posting.lines, state.postings.get(posting.payment));
      return [
        ...claimed(documentKeys({ type: 'PaymentRefunded', data: posting })),
        { key: takingKey(posting.payment), what: refundedBy({ ...posting, lines }) },
      ];
    }
    case 'reverse-entry':
      return claimed([reversalKey(posting.entry)]);
    case 'reopen-year':
      return claimed([REOPENING_KEY]);
    case 'reserve':
    case 'close-year':
      return [];
  }
}

const claimed = (keys: readonly string[]): readonly Claim[] => keys.map((key) => ({ key }));

/** A posting names one reservation: all that it holds of what is reserved comes out of that one. */
function reserved(reservation: string, holds: Proposal['holds']): Claim {
  const amounts = holds
    .filter(({ account }) => account === 'reserved')
    .map((hold) => [lineKeyText(hold), toFen(hold.amount)] as const);
  return { key: takingKey(reservation), what: withoutProcurement(totals(amounts)) };
}

/** Lines of a refund: one without a function means the function that the payment was made under. */
export const linesOfPayment = <L extends Parameters<typeof leftKey>[0]>(
  lines: readonly L[],
  payment: Posting | undefined,
): readonly L[] =>
  lines.map((line) => {
    const paid = payment?.movements.find(
      (m) =>
        m.kind === 'paid' &&
        leftKey({ ...m, function: '' }) === leftKey({ ...line, function: '' }) &&
        (line.function === undefined || line.function === m.function),
    );
    return paid ? { ...line, function: paid.function } : line;
  });

/** The state with what a proposal claims, which is open now. */
export const withClaims = (state: BookState, proposal: Claiming): BookState => ({
  ...state,
  claims: claimsOf(state, proposal).reduce((claims, { key, what }) => {
    const claim = { proposal: proposal.id, ...(what && { what }) };
    return claims.set(key, [...(claims.get(key) ?? []), claim]);
  }, state.claims),
});

/** The state without what a proposal claims. */
export const withoutClaims = (state: BookState, proposal: Claiming): BookState => ({
  ...state,
  claims: claimsOf(state, proposal).reduce((claims, { key }) => {
    const others = claims.get(key)?.filter((claim) => claim.proposal !== proposal.id);
    return others?.length ? claims.set(key, others) : claims.delete(key);
  }, state.claims),
});

/** The open proposal that claims what only one may have; undefined where none does. */
export const claimantOf = (state: BookState, key: string): string | undefined =>
  state.claims.get(key)?.[0]?.proposal;

/** The open proposals that take from an entry, oldest first. */
export const takersOf = (state: BookState, entry: string): readonly string[] =>
  state.claims.get(takingKey(entry))?.map(({ proposal }) => proposal) ?? [];

/** What is left of an entry: all of it, what of that nobody claims, and which open proposals claim the rest. */
export interface Remaining {
  readonly leftFen: Fen;
  readonly freeFen: Fen;
  readonly claimants: readonly string[];
}

/** What remains of an entry in one respect, e.g. on one line. Claims that pass what is left leave nothing free. */
export function remainingOf(
  state: BookState,
  { id, left }: Posting,
  amountOf: (left: Left) => Fen | undefined,
): Remaining {
  const leftFen = (left && amountOf(left)) ?? ZERO_FEN;
  let claimedFen = ZERO_FEN;
  const claimants: string[] = [];
  for (const { proposal, what } of state.claims.get(takingKey(id)) ?? []) {
    const amount = (what && amountOf(what)) ?? ZERO_FEN;
    if (amount === 0) continue;
    claimedFen = addFen(claimedFen, amount);
    claimants.push(proposal);
  }
  const freeFen = claimedFen > leftFen ? ZERO_FEN : subtractFen(leftFen, claimedFen);
  return { leftFen, freeFen, claimants };
}
