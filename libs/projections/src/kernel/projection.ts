import type { BookEvent, Movement } from '#domain';
import type { ReadModelDatabase } from './database.js';

/** Any event of the log, also one that is not about a book: what is hashed of it. */
export interface StoredLeaf {
  readonly index: number;
  readonly envelope: string;
}

/** An event of a book as projections take it: decoded once for all of them. */
export interface LogEvent extends StoredLeaf {
  /** The read model's number of the book (`BookNumbers`). */
  readonly book: number;
  readonly revision: number;
  readonly commandId: string;
  /** Business date YYYY-MM-DD. */
  readonly date: string;
  readonly event: BookEvent;
  /** `movementsOf` the event, worked out once for all projections. */
  readonly movements: readonly Movement[];
}

/**
 * A reducer plus its tables. `apply` and `flush` run inside the transaction that also moves the
 * checkpoint, so that an event's rows are there exactly once.
 */
export interface Projection {
  readonly name: string;
  readonly tables: readonly string[];
  readonly schema: string;
  writer(db: ReadModelDatabase): ProjectionWriter;
}

export interface ProjectionWriter {
  apply(event: LogEvent): void;
  /** Called for every event of the log, after `apply` where it is of a book. */
  take?(leaf: StoredLeaf): void;
  /** Writes what `apply` has gathered. */
  flush(): void;
  /** Drops what was gathered or remembered: the transaction was rolled back, or another process wrote. */
  reset(): void;
}

/** Business dates are kept as numbers 20231231: smaller, and in the same order. */
export const dayNumber = (date: string): number =>
  Number(date.slice(0, 4) + date.slice(5, 7) + date.slice(8, 10));
export const dayText = (day: number): string => {
  const s = String(day);
  return `${s.slice(0, 4)}-${s.slice(4, 6)}-${s.slice(6, 8)}`;
};
