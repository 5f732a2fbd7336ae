import { movementsOf } from '../../entries/movements-of.js';
import { approvalReason, partyOf, type ApprovalReason } from '../approval-rule.js';
import type { Command } from '../commands.js';
import { accepted, refused, type Result } from '../refusal.js';
import type { BookEvent } from '../events.js';
import { DECISION } from '../sentences/proposals.js';
import type { BookState } from '../state.js';

/** The event, unless the book's rule wants another person to approve it. */
export function heldToRule(
  command: Command,
  state: BookState,
  event: BookEvent,
): Result<BookEvent> {
  const reason = approvalNeeded(command, state, event);
  if (reason === undefined) return accepted(event);
  const { threshold, windowDays } = state.approvalRule;
  return refused(
    'approval-required',
    reason === 'threshold'
      ? DECISION.aboveThreshold({ threshold })
      : DECISION.aboveTogether({ threshold, days: windowDays }),
  );
}

/** Why another person must approve an event before it is recorded; undefined where nobody must. */
export function approvalNeeded(
  { command, date }: Command,
  state: BookState,
  event: BookEvent,
): ApprovalReason | undefined {
  if (command === 'close-year' || command === 'reopen-year') return 'threshold';
  return approvalReason(state, {
    date,
    movements: movementsOf(event),
    party: partyOf(event),
    reverses: event.type === 'EntryReversed',
  });
}
