import { emptyBook, evolve, formatFen, measureOfBook, type BookId, type SumMeasure } from '#domain';
import { decodeRecorded, type StoredEvent } from '#event-store';

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
  let closedOn: string | undefined;
  for await (const page of pages)
    for (const stored of page) {
      if (stored.type === 'YearClosed') closedOn = stored.date;
      // a reopening counts on the day of the close that it undoes (docs/decisions/0011)
      const day = (stored.type === 'YearReopened' ? closedOn : undefined) ?? stored.date;
      if (to !== undefined && day > to) continue;
      state = evolve(state, decodeRecorded(stored));
      yield {
        stored,
        figures: Object.fromEntries(
          RUNNING_MEASURES.map((m) => [m, formatFen(measureOfBook(state, m))]),
        ) as RunningFigures,
      };
    }
}
