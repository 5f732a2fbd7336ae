import { emptyBook, evolve, formatFen, measureOfBook, type BookId, type SumMeasure } from '#domain';
import { decodeEvent, type StoredEvent } from '#event-store';

/** The figures of a whole book that a replay shows running, exact amounts in yuan. */
export const RUNNING_MEASURES = [
  'fullYearBudget',
  'executable',
  'unreleasedCarryover',
  'reserved',
  'expenditure',
  'carryoverOut',
] as const satisfies readonly SumMeasure[];

export type RunningFigures = Readonly<Record<(typeof RUNNING_MEASURES)[number], string>>;

export interface ReplayStep {
  readonly stored: StoredEvent;
  /** As they are after this event. */
  readonly figures: RunningFigures;
}

/** Goes through a book's events, oldest first, and tells its figures after each. */
export async function* replay(
  id: BookId,
  pages: AsyncIterable<readonly StoredEvent[]>,
  to: string | undefined,
): AsyncGenerator<ReplayStep> {
  let state = emptyBook(id);
  for await (const page of pages)
    for (const stored of page) {
      if (to !== undefined && stored.date > to) continue;
      state = evolve(state, decodeEvent(stored));
      yield {
        stored,
        figures: Object.fromEntries(
          RUNNING_MEASURES.map((m) => [m, formatFen(measureOfBook(state, m))]),
        ) as RunningFigures,
      };
    }
}
