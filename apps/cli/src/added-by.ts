import {
  formatTenThousandYuan,
  LedgerRefusal,
  parseFen,
  subtractFen,
  sumFen,
  ZERO_FEN,
  type Fen,
} from '#domain';
import type { Cell } from '#reports';

/** Each event is told by filling the report twice; a cell with more events than this is only listed. */
const MOST_EVENTS = 100;

/**
 * What each event behind a cell of money added to it, by log index: the difference between the cell as
 * known just after and just before it. Undefined where it cannot be told: rates, scores and texts, cells of
 * very many events, and where the differences do not sum to the cell.
 */
export function addedBy(
  { exact, shown, events }: Cell,
  cellAt: (knownAt: number) => Cell,
): ReadonlyMap<number, Fen> | undefined {
  const total = parseFen(exact);
  if (total === undefined || shown !== formatTenThousandYuan(total)) return undefined;
  if (events.length > MOST_EVENTS) return undefined;
  const known = new Map<number, Fen>();
  const at = (size: number): Fen => {
    const value = known.get(size) ?? valueOf(() => cellAt(size));
    known.set(size, value);
    return value;
  };
  const added = new Map(events.map((index) => [index, subtractFen(at(index + 1), at(index))]));
  return sumFen(added.values()) === total ? added : undefined;
}

/** A cell that was not there yet, or a book, was worth nothing. */
function valueOf(cell: () => Cell): Fen {
  try {
    return parseFen(cell().exact) ?? ZERO_FEN;
  } catch (error) {
    const code = error instanceof LedgerRefusal ? error.error.code : undefined;
    if (code === 'unknown-book' || code === 'unknown-cell') return ZERO_FEN;
    throw error;
  }
}
