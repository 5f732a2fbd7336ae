import { formatFen, minFen, subtractFen, sumFen, toFen, ZERO_FEN } from '../../money/index.js';
import type { CommandOf } from '../commands.js';
import { accepted, refused, refusedAt, type Result } from '../errors.js';
import type { BookEvent, PaymentLine, PostedLine } from '../events.js';
import { totals } from '../evolve.js';
import { leftKey, type BookState, type Posting } from '../state.js';
import { lineKeyText } from '../vocabulary.js';
import { staysOnItsLine } from './budget.js';
import { controlled, namedEntry, nameOfLine, postedLines } from './control.js';

/** Execution: money that leaves a line, is set aside on it, or comes back. */

export function allocateDirectly(
  { document, recipient, reason, lines }: CommandOf<'allocate-directly'>,
  state: BookState,
): Result<BookEvent> {
  const stays = staysOnItsLine(lines, 'allocated directly');
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
    'direct allocation',
  );
  if (!entry.ok) return entry;
  const open = entry.value.left!.amounts['']!;
  if (toFen(amount) > open)
    return refused(
      'acknowledgement-exceeds-allocation',
      `direct allocation ${command.allocation} has ${formatFen(open)} yuan not yet acknowledged, asked for ${amount} yuan`,
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
        `reservation ${command.reservation} has ${formatFen(left)} yuan left on ${nameOfLine(state, line)}, asked for ${formatFen(sum)} yuan`,
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
      `the payment is ${formatFen(paid)} yuan, its procurement ${procurement} yuan`,
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
        `reservation ${command.reservation} has nothing left on the lines of this payment`,
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
  const entry = namedEntry(state, '/payment', command.payment, 'PaymentMade', 'payment');
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
        `payment ${command.payment} has ${formatFen(left)} yuan left on ${nameOfLine(state, line)}, ${describe(line)}; asked for ${formatFen(sum)} yuan`,
      );
  }
  const { reason, voucher, document, procurement } = command;
  if (procurement !== undefined && toFen(procurement) > procurementFen)
    return refusedAt(
      '/procurement',
      'refund-exceeds-payment',
      `payment ${command.payment} has ${formatFen(procurementFen)} yuan of procurement left, asked for ${procurement} yuan`,
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

const describe = (line: PostedLine): string =>
  `function ${line.function}, economic ${line.economic ?? 'none'}`;

const namedReservation = (state: BookState, id: string): Result<Posting> =>
  namedEntry(state, '/reservation', id, 'FundsReserved', 'reservation');

const reference = ({ id, revision }: Posting) => ({ id, revision });
