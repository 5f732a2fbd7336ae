import { addFen, ZERO_FEN, type Fen } from '../money/index.js';
import type { Posting } from './state.js';
import { leftKey } from './taking.js';
import { lineKeyText, type LineKey } from './vocabulary.js';

/** What was posted on a line and codes of an entry, and what later entries may still take of it. */
export interface LineLeft extends LineKey {
  readonly function: string;
  /** Economic code, '' where the posting has none. */
  readonly economic: string;
  readonly postedFen: Fen;
  readonly leftFen: Fen;
}

/** What later entries may still take from an entry; the total alone of a direct allocation. */
export interface EntryLeft {
  readonly lines: readonly LineLeft[];
  readonly totalFen: Fen;
  readonly procurementFen: Fen;
}

/**
 * What refunds may still take from a payment, releases and payments from a reservation, acknowledgements from a
 * direct allocation; undefined for other entries and for one that was reversed.
 */
export function leftOfEntry(posting: Posting): EntryLeft | undefined {
  const { left, reversedBy } = posting;
  if (!left || reversedBy !== undefined) return undefined;
  const lines = new Map<string, LineLeft>();
  for (const m of posting.movements) {
    if (m.kind !== 'paid' && m.kind !== 'reserved') continue;
    const key = m.kind === 'paid' ? leftKey(m) : lineKeyText(m);
    const { project, fund, origin, function: code, economic } = m;
    lines.set(key, {
      project,
      fund,
      origin,
      function: code,
      economic,
      postedFen: addFen(lines.get(key)?.postedFen ?? ZERO_FEN, m.amountFen),
      leftFen: left.amounts[key] ?? ZERO_FEN,
    });
  }
  return {
    lines: [...lines.values()],
    totalFen: Object.values(left.amounts).reduce(addFen, ZERO_FEN),
    procurementFen: left.procurementFen,
  };
}
