import { formatFen, negateFen } from '../../money/index.js';
import { claimantOf, reversalKey, takersOf } from '../claims.js';
import type { CommandOf } from '../commands.js';
import { refused, refusedAt, type Result } from '../errors.js';
import type { BookEvent } from '../events.js';
import { undone } from '../evolve.js';
import type { BookState, Posting } from '../state.js';
import { controlled, namesOf } from './control.js';

/**
 * A mistake is corrected by the exact opposite of the posting, once only, never of a reversal, and never
 * of an entry that later ones have taken from, or open proposals will: those are reversed or settled first.
 */
export function reverseEntry(
  command: CommandOf<'reverse-entry'>,
  state: BookState,
): Result<BookEvent> {
  const entry = state.postings.get(command.entry);
  if (!entry)
    return refusedAt(
      '/entry',
      'unknown-entry',
      `book ${state.id.unit} ${state.id.fiscalYear} has no posting with the id ${command.entry} that can be reversed`,
    );
  if (entry.reversedBy !== undefined)
    return refused(
      'already-reversed',
      `${entry.type} ${entry.id} was already reversed by ${entry.reversedBy}`,
    );
  const reversal = claimantOf(state, reversalKey(entry.id));
  if (reversal !== undefined)
    return refused(
      'already-reversed',
      `${entry.type} ${entry.id} is to be reversed by the open proposal ${reversal}`,
    );
  const takers = takersOf(state, entry.id);
  if (takers.length > 0)
    return refused(
      'not-reversible',
      `${entry.type} ${entry.id} is in use by open proposals (${namesOf(takers)}); settle those first`,
    );
  const taken = takenFrom(entry);
  if (taken)
    return refused(
      'not-reversible',
      `${entry.type} ${entry.id} is in use by later entries (${taken}); reverse those first`,
    );
  const { reason, document } = command;
  return controlled(state, {
    type: 'EntryReversed',
    data: {
      entry: { id: entry.id, revision: entry.revision },
      entryType: entry.type,
      reason,
      ...(document && { document }),
      movements: entry.movements.map(undone),
      ...(entry.procurementFen !== 0 && {
        procurement: formatFen(negateFen(entry.procurementFen)),
      }),
    },
  });
}

/** What later entries took from this one, in words; undefined where nothing. */
function takenFrom(entry: Posting): string | undefined {
  if (!entry.left) return undefined;
  const original = entry.movements
    .filter((m) => m.kind !== 'reservationReleased')
    .reduce((sum, m) => sum + m.amountFen, 0);
  const left = Object.values(entry.left.amounts).reduce((sum: number, a) => sum + a, 0);
  if (original === left && entry.left.procurementFen === entry.procurementFen) return undefined;
  return `${formatFen(negateFen((left - original) as typeof entry.procurementFen))} yuan of it`;
}
