import { procurementOf, type Movement } from '../entries/movements-of.js';
import { addFen, toFen, ZERO_FEN, type Fen } from '../money/index.js';
import type { BookEvent } from './events.js';
import type { BookState, Left, Posting } from './state.js';
import { lineKeyText, type LineKey } from './vocabulary.js';

/** What later entries take from earlier ones: payments from reservations, refunds from payments. */

/** The key of what is left of a payment: by line and codes. Of a reservation it is `lineKeyText`, of an allocation ''. */
export const leftKey = (m: LineKey & { function?: string; economic?: string }): string =>
  `${lineKeyText(m)}|${m.function ?? ''}|${m.economic ?? ''}`;

/** What others may take from a new entry with these movements; undefined where nobody may take anything. */
export function leftAfter(event: BookEvent, movements: readonly Movement[]): Left | undefined {
  switch (event.type) {
    case 'PaymentMade': {
      const paid = movements.filter((m) => m.kind === 'paid');
      return {
        amounts: totals(paid.map((m) => [leftKey(m), m.amountFen])),
        procurementFen: procurementOf(event),
      };
    }
    case 'FundsReserved':
      return withoutProcurement(totals(movements.map((m) => [lineKeyText(m), m.amountFen])));
    case 'FundsAllocatedDirectly':
      return withoutProcurement(totals(movements.map((m) => ['', m.amountFen])));
    default:
      return undefined;
  }
}

/** What an entry takes from the earlier entry that it names. */
export function takenBy(event: BookEvent): Posting['took'] {
  switch (event.type) {
    case 'PaymentRefunded':
      return { from: event.data.payment.id, what: refundedBy(event.data) };
    case 'ReservationReleased':
      return {
        from: event.data.reservation.id,
        what: withoutProcurement(amountsBy(lineKeyText, event.data.lines)),
      };
    case 'PaymentMade': {
      if (!event.data.reservation) return undefined;
      const consumed = event.data.lines.flatMap(({ fromReservation: amount, ...line }) =>
        amount === undefined ? [] : [{ ...line, amount }],
      );
      return {
        from: event.data.reservation.id,
        what: withoutProcurement(amountsBy(lineKeyText, consumed)),
      };
    }
    case 'AllocationAcknowledged':
      return {
        from: event.data.allocation.id,
        what: withoutProcurement({ '': toFen(event.data.amount) }),
      };
    default:
      return undefined;
  }
}

/** What a refund takes from its payment, line by line under the codes that were paid, and of its procurement. */
export const refundedBy = (refund: {
  readonly lines: readonly (Parameters<typeof leftKey>[0] & { readonly amount: string })[];
  readonly procurement?: string;
}): Left => ({
  amounts: amountsBy(leftKey, refund.lines),
  procurementFen: refund.procurement === undefined ? ZERO_FEN : toFen(refund.procurement),
});

export const withoutProcurement = (amounts: Left['amounts']): Left => ({
  amounts,
  procurementFen: ZERO_FEN,
});

function amountsBy<L extends { readonly amount: string }>(
  key: (line: L) => string,
  lines: readonly L[],
): Record<string, Fen> {
  return totals(lines.map((line) => [key(line), toFen(line.amount)]));
}

/** The sum of the amounts under each key, in fen. */
export function totals(amounts: readonly (readonly [string, Fen])[]): Record<string, Fen> {
  const sums: Record<string, Fen> = {};
  for (const [key, amount] of amounts) sums[key] = addFen(sums[key] ?? ZERO_FEN, amount);
  return sums;
}

/** Takes something from what is left of an entry (`subtractFen`), or gives it back (`addFen`). */
export function takeFrom(
  postings: BookState['postings'],
  { from, what }: NonNullable<Posting['took']>,
  combine: (a: Fen, b: Fen) => Fen,
): BookState['postings'] {
  const entry = postings.get(from);
  if (!entry?.left) return postings;
  const amounts = { ...entry.left.amounts };
  for (const [key, amount] of Object.entries(what.amounts))
    amounts[key] = combine(amounts[key] ?? ZERO_FEN, amount);
  const procurementFen = combine(entry.left.procurementFen, what.procurementFen);
  return postings.set(from, { ...entry, left: { amounts, procurementFen } });
}
