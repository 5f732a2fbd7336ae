import {
  formatFen,
  minFen,
  subtractFen,
  sumFen,
  toFen,
  ZERO_FEN,
  type Fen,
} from '../../money/index.js';
import { linesOfPayment, remainingOf } from '../claims.js';
import type { CommandOf } from '../commands.js';
import { refused, refusedAt, type Result } from '../refusal.js';
import type { BookEvent, PaymentLine, PostedLine } from '../events.js';
import { CONTROL, REMAINING } from '../sentences/control.js';
import { EXECUTION } from '../sentences/execution.js';
import type { Sentence } from '../../sentences/sentence.js';
import type { BookState, Posting } from '../state.js';
import { leftKey, totals } from '../taking.js';
import { lineKeyText } from '../vocabulary.js';
import {
  controlled,
  namedEntry,
  namedLine,
  namedReservation,
  postedLines,
  reference,
  tellRemaining,
} from './control.js';

/** Payments, out of a reservation or not, and what comes back of them. */

export function makePayment(
  command: CommandOf<'make-payment'>,
  state: BookState,
): Result<BookEvent> {
  const posted = postedLines(state, command.lines);
  if (!posted.ok) return posted;
  const lines = posted.value as readonly PaymentLine[];
  const paid = sumFen(lines.map((l) => toFen(l.amount)));
  const { procurement } = command;
  if (procurement !== undefined && toFen(procurement) > paid)
    return refusedAt(
      '/procurement',
      'procurement-exceeds-payment',
      EXECUTION.overProcured({ paid, procurement }),
    );
  if (command.reservation === undefined) return controlled(state, paymentMade(command, lines));
  const entry = namedReservation(state, command.reservation);
  return entry.ok ? payFrom(state, entry.value, command, lines) : entry;
}

function paymentMade(
  command: CommandOf<'make-payment'>,
  lines: readonly PaymentLine[],
  reservation?: Posting,
): BookEvent {
  const { payee, voucher, document, reason, procurement } = command;
  return {
    type: 'PaymentMade',
    data: {
      payee: typeof payee === 'string' ? { name: payee } : payee,
      ...(voucher !== undefined && { voucher }),
      ...(document && { document }),
      ...(reason !== undefined && { reason }),
      ...(reservation && { reservation: reference(reservation) }),
      ...(procurement !== undefined && { procurement }),
      lines,
    },
  };
}

/** A payment takes from its reservation first, line by line, and the rest from the executable budget. */
function payFrom(
  state: BookState,
  reservation: Posting,
  command: CommandOf<'make-payment'>,
  lines: readonly PaymentLine[],
): Result<BookEvent> {
  const remaining = (key: string) => remainingOf(state, reservation, (left) => left.amounts[key]);
  const free = consuming(lines, (key) => remaining(key).freeFen);
  const decision = controlled(state, paymentMade(command, free, reservation));
  const isShort = !decision.ok && decision.error.code === 'insufficient-budget';
  const consumed = consumedBy(free);
  if (consumed > 0 && !isShort) return decision;
  // the budget may lack only because proposals hold what the reservation has
  const unheld = consumedBy(consuming(lines, (key) => remaining(key).leftFen));
  if (consumed > 0 && consumed === unheld) return decision;
  const keys = new Set(lines.map(lineKeyText));
  const onLines = remainingOf(state, reservation, ({ amounts }) =>
    sumFen([...keys].map((key) => amounts[key] ?? ZERO_FEN)),
  );
  return refusedAt(
    '/reservation',
    'insufficient-reservation',
    EXECUTION.overReserved({
      id: reservation.id,
      remaining: tellRemaining(onLines, REMAINING.linesOfPayment()),
      asked: sumFen(lines.map((l) => toFen(l.amount))),
    }),
  );
}

/** The lines with what each takes from a reservation that has so much for a line. */
function consuming(lines: readonly PaymentLine[], has: (key: string) => Fen): PaymentLine[] {
  const rest = new Map<string, Fen>();
  return lines.map((line) => {
    const key = lineKeyText(line);
    const open = rest.get(key) ?? has(key);
    const taken = minFen(open, toFen(line.amount));
    rest.set(key, subtractFen(open, taken));
    return taken === 0 ? line : { ...line, fromReservation: formatFen(taken) };
  });
}

const consumedBy = (lines: readonly PaymentLine[]): Fen =>
  sumFen(lines.map((l) => toFen(l.fromReservation ?? '0.00')));

export function refundPayment(
  command: CommandOf<'refund-payment'>,
  state: BookState,
): Result<BookEvent> {
  const entry = namedEntry(state, '/payment', command.payment, 'PaymentMade', CONTROL.payment());
  if (!entry.ok) return entry;
  const posted = postedLines(state, linesOfPayment(command.lines, entry.value));
  if (!posted.ok) return posted;
  const asked = totals(posted.value.map((l) => [leftKey(l), toFen(l.amount)]));
  for (const line of posted.value) {
    const key = leftKey(line);
    const remaining = remainingOf(state, entry.value, (left) => left.amounts[key]);
    if (asked[key]! > remaining.freeFen)
      return refused(
        'refund-exceeds-payment',
        EXECUTION.overRefunded({
          id: command.payment,
          remaining: tellRemaining(remaining, codedLine(state, line)),
          asked: asked[key]!,
        }),
      );
  }
  const { reason, voucher, document, procurement } = command;
  const procured = remainingOf(state, entry.value, (left) => left.procurementFen);
  if (procurement !== undefined && toFen(procurement) > procured.freeFen)
    return refusedAt(
      '/procurement',
      'refund-exceeds-payment',
      EXECUTION.overRefundedProcurement({
        id: command.payment,
        remaining: tellRemaining(procured, REMAINING.procurement()),
        asked: procurement,
      }),
    );
  return controlled(state, {
    type: 'PaymentRefunded',
    data: {
      payment: reference(entry.value),
      reason,
      ...(voucher !== undefined && { voucher }),
      ...(document && { document }),
      ...(procurement !== undefined && { procurement }),
      lines: posted.value,
    },
  });
}

function codedLine(state: BookState, posted: PostedLine): Sentence {
  const { function: code, economic } = posted;
  const line = namedLine(state, posted);
  return economic === undefined
    ? REMAINING.uncodedLine({ line, function: code })
    : REMAINING.codedLine({ line, function: code, economic });
}
