import {
  formatFen,
  minFen,
  subtractFen,
  sumFen,
  toFen,
  ZERO_FEN,
  type Fen,
} from '../../money/index.js';
import type { CommandOf } from '../commands.js';
import { accepted, refused, refusedAt, type Result } from '../refusal.js';
import type { BookEvent, PaymentLine, PostedLine } from '../events.js';
import { totals } from '../evolve.js';
import { leftKey, type BookState, type Posting } from '../state.js';
import { lineKeyText } from '../vocabulary.js';
import type { NamedLine } from '../../sentences/kinds.js';
import type { Sentence } from '../../sentences/sentence.js';
import { BUDGET } from '../sentences/budget.js';
import { CONTROL } from '../sentences/control.js';
import { EXECUTION } from '../sentences/execution.js';
import { staysOnItsLine } from './budget.js';
import { controlled, namedEntry, namedLine, postedLines } from './control.js';

/** Execution: money that leaves a line, is set aside on it, or comes back. */

export function allocateDirectly(
  { document, recipient, reason, lines }: CommandOf<'allocate-directly'>,
  state: BookState,
): Result<BookEvent> {
  const stays = staysOnItsLine(lines, BUDGET.carryoverAllocated);
  if (stays) return stays;
  const posted = postedLines(state, lines);
  if (!posted.ok) return posted;
  return controlled(state, {
    type: 'FundsAllocatedDirectly',
    data: { document, recipient, reason, lines: posted.value },
  });
}

export function acknowledgeAllocation(
  command: CommandOf<'acknowledge-allocation'>,
  state: BookState,
): Result<BookEvent> {
  const { amount, document } = command;
  const entry = namedEntry(
    state,
    '/allocation',
    command.allocation,
    'FundsAllocatedDirectly',
    CONTROL.directAllocation(),
  );
  if (!entry.ok) return entry;
  const open = entry.value.left!.amounts['']!;
  if (toFen(amount) > open)
    return refused(
      'acknowledgement-exceeds-allocation',
      EXECUTION.overAcknowledged({ id: command.allocation, open, asked: amount }),
    );
  return accepted({
    type: 'AllocationAcknowledged',
    data: {
      allocation: reference(entry.value),
      amount,
      acknowledgedOn: command.acknowledgedOn ?? command.date,
      ...(document && { document }),
    },
  });
}

export function reserve(
  { document, reason, counterparty, lines }: CommandOf<'reserve'>,
  state: BookState,
): Result<BookEvent> {
  const posted = postedLines(state, lines);
  if (!posted.ok) return posted;
  return controlled(state, {
    type: 'FundsReserved',
    data: {
      document,
      reason,
      ...(counterparty !== undefined && { counterparty }),
      lines: posted.value,
    },
  });
}

export function releaseReservation(
  command: CommandOf<'release'>,
  state: BookState,
): Result<BookEvent> {
  const entry = namedReservation(state, command.reservation);
  if (!entry.ok) return entry;
  const posted = postedLines(state, command.lines);
  if (!posted.ok) return posted;
  const asked = totals(posted.value.map((l) => [lineKeyText(l), toFen(l.amount)]));
  for (const line of posted.value) {
    const left = entry.value.left!.amounts[lineKeyText(line)] ?? ZERO_FEN;
    const sum = asked[lineKeyText(line)]!;
    if (sum > left)
      return refused(
        'insufficient-reservation',
        EXECUTION.overReleased({
          id: command.reservation,
          left,
          line: namedLine(state, line),
          asked: sum,
        }),
      );
  }
  return controlled(state, {
    type: 'ReservationReleased',
    data: {
      reservation: reference(entry.value),
      reason: command.reason,
      lines: posted.value,
    },
  });
}

export function makePayment(
  command: CommandOf<'make-payment'>,
  state: BookState,
): Result<BookEvent> {
  const posted = postedLines(state, command.lines);
  if (!posted.ok) return posted;
  const { payee, voucher, document, reason, procurement } = command;
  const paid = sumFen(posted.value.map((l) => toFen(l.amount)));
  if (procurement !== undefined && toFen(procurement) > paid)
    return refusedAt(
      '/procurement',
      'procurement-exceeds-payment',
      EXECUTION.overProcured({ paid, procurement }),
    );
  let lines = posted.value as PaymentLine[];
  let reservation: Posting | undefined;
  if (command.reservation !== undefined) {
    const entry = namedReservation(state, command.reservation);
    if (!entry.ok) return entry;
    reservation = entry.value;
    lines = consuming(lines, reservation);
    if (!lines.some((l) => l.fromReservation !== undefined))
      return refusedAt(
        '/reservation',
        'insufficient-reservation',
        EXECUTION.reservationUsedUp({ id: command.reservation }),
      );
  }
  return controlled(state, {
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
  });
}

/** A payment takes from its reservation first, line by line, and the rest from the executable budget. */
function consuming(lines: readonly PaymentLine[], reservation: Posting): PaymentLine[] {
  const left = { ...reservation.left!.amounts };
  return lines.map((line) => {
    const key = lineKeyText(line);
    const taken = minFen(left[key] ?? ZERO_FEN, toFen(line.amount));
    if (taken === 0) return line;
    left[key] = subtractFen(left[key]!, taken);
    return { ...line, fromReservation: formatFen(taken) };
  });
}

export function refundPayment(
  command: CommandOf<'refund-payment'>,
  state: BookState,
): Result<BookEvent> {
  const entry = namedEntry(state, '/payment', command.payment, 'PaymentMade', CONTROL.payment());
  if (!entry.ok) return entry;
  const posted = postedLines(state, linesOfPayment(command.lines, entry.value));
  if (!posted.ok) return posted;
  const asked = totals(posted.value.map((l) => [leftKey(l), toFen(l.amount)]));
  const { amounts, procurementFen } = entry.value.left!;
  for (const line of posted.value) {
    const left = amounts[leftKey(line)] ?? ZERO_FEN;
    const sum = asked[leftKey(line)]!;
    if (sum > left)
      return refused(
        'refund-exceeds-payment',
        overRefunded(line, {
          id: command.payment,
          left,
          line: namedLine(state, line),
          asked: sum,
        }),
      );
  }
  const { reason, voucher, document, procurement } = command;
  if (procurement !== undefined && toFen(procurement) > procurementFen)
    return refusedAt(
      '/procurement',
      'refund-exceeds-payment',
      EXECUTION.overRefundedProcurement({
        id: command.payment,
        left: procurementFen,
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

/** A refund line without a function means the function that the payment was made under. */
function linesOfPayment<L extends { function?: string; economic?: string }>(
  lines: readonly (L & Parameters<typeof lineKeyText>[0] & { amount: string })[],
  payment: Posting,
) {
  return lines.map((line) => {
    const paid = payment.movements.find(
      (m) =>
        m.kind === 'paid' &&
        lineKeyText(m) === lineKeyText(line) &&
        m.economic === line.economic &&
        (line.function === undefined || line.function === m.function),
    );
    return paid ? { ...line, function: paid.function } : line;
  });
}

const overRefunded = (
  { function: code, economic }: PostedLine,
  on: { id: string; left: Fen; line: NamedLine; asked: Fen },
): Sentence =>
  economic === undefined
    ? EXECUTION.overRefundedUncoded({ ...on, function: code })
    : EXECUTION.overRefunded({ ...on, function: code, economic });

const namedReservation = (state: BookState, id: string): Result<Posting> =>
  namedEntry(state, '/reservation', id, 'FundsReserved', CONTROL.reservation());

const reference = ({ id, revision }: Posting) => ({ id, revision });
