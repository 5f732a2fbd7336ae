import { toFen } from '../../money/index.js';
import { remainingOf } from '../claims.js';
import type { CommandOf } from '../commands.js';
import { accepted, refused, type Result } from '../refusal.js';
import type { BookEvent } from '../events.js';
import type { BookState } from '../state.js';
import { totals } from '../taking.js';
import { lineKeyText } from '../vocabulary.js';
import { BUDGET } from '../sentences/budget.js';
import { CONTROL, REMAINING } from '../sentences/control.js';
import { EXECUTION } from '../sentences/execution.js';
import { staysOnItsLine } from './budget.js';
import {
  controlled,
  namedEntry,
  namedLine,
  namedReservation,
  postedLines,
  reference,
  tellRemaining,
} from './control.js';

/** Execution but for payments: money that is handed on to others, or set aside on its line. */

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
    const key = lineKeyText(line);
    const remaining = remainingOf(state, entry.value, (left) => left.amounts[key]);
    if (asked[key]! > remaining.freeFen)
      return refused(
        'insufficient-reservation',
        EXECUTION.overReleased({
          id: command.reservation,
          remaining: tellRemaining(remaining, REMAINING.line({ line: namedLine(state, line) })),
          asked: asked[key]!,
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
