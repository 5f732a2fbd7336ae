import { formatFen, negateFen, type Fen } from '../../money/index.js';
import { claimantOf, reversalKey, takersOf } from '../claims.js';
import type { CommandOf } from '../commands.js';
import { refused, refusedAt, type Result } from '../refusal.js';
import type { BookEvent } from '../events.js';
import { undone } from '../evolve.js';
import type { BookState, Posting } from '../state.js';
import { CORRECTION } from '../sentences/control.js';
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
      CORRECTION.unknownEntry({ book: state.id, id: command.entry }),
    );
  if (entry.reversedBy !== undefined)
    return refused(
      'already-reversed',
      CORRECTION.reversed({ type: entry.type, id: entry.id, by: entry.reversedBy }),
    );
  const reversal = claimantOf(state, reversalKey(entry.id));
  if (reversal !== undefined)
    return refused(
      'already-reversed',
      CORRECTION.proposed({ type: entry.type, id: entry.id, proposal: reversal }),
    );
  const takers = takersOf(state, entry.id);
  if (takers.length > 0)
    return refused(
      'not-reversible',
      CORRECTION.inUseByProposals({ type: entry.type, id: entry.id, proposals: namesOf(takers) }),
    );
  const taken = takenFrom(entry);
  if (taken !== undefined)
    return refused('not-reversible', CORRECTION.inUse({ type: entry.type, id: entry.id, taken }));
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

/** What later entries took from this one; undefined where nothing. */
function takenFrom(entry: Posting): Fen | undefined {
  if (!entry.left) return undefined;
  const original = entry.movements
    .filter((m) => m.kind !== 'reservationReleased')
    .reduce((sum, m) => sum + m.amountFen, 0);
  const left = Object.values(entry.left.amounts).reduce((sum: number, a) => sum + a, 0);
  if (original === left && entry.left.procurementFen === entry.procurementFen) return undefined;
  return negateFen((left - original) as Fen);
}
