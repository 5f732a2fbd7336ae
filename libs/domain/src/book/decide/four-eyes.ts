import { movementsOf } from '../../entries/movements-of.js';
import { formatFen, toFen } from '../../money/index.js';
import { approvalReason, partyOf, type ApprovalReason } from '../approval-rule.js';
import type { Command } from '../commands.js';
import { accepted, refused, type Result } from '../errors.js';
import type { BookEvent } from '../events.js';
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
  const above = `above ${formatFen(toFen(threshold))} yuan another person must approve`;
  return refused(
    'approval-required',
    reason === 'threshold'
      ? above
      : `${above}, and together with what was posted without one within ${windowDays} days on the same line or to the same party this is above`,
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
