import type { BookEvent } from '#domain';
import type { ReadModelDatabase } from '../kernel/database.js';
import {
  dayNumber,
  type LogEvent,
  type Projection,
  type ProjectionWriter,
} from '../kernel/projection.js';

/**
 * What a book says of itself beside money: master data, statistics, indicators, results, closings, and
 * the carryover with its sources. Rows are only added; a later row supersedes an earlier one of the same
 * kind and key, and a bound on index or day shows any earlier view.
 */
const SCHEMA = `
  create table if not exists fact(
    book integer not null, idx integer not null, revision integer not null, day integer not null,
    kind text not null, data text not null,
    primary key(book, idx)
  ) strict, without rowid;`;

/** Events that are kept whole, since reports read their contents and not only their sums. */
const KEPT = new Set<BookEvent['type']>([
  'BookOpened',
  'ProjectRegistered',
  'CarryoverBroughtIn',
  'EntryReversed',
  'StatisticRecorded',
  'PriorYearRecorded',
  'IndicatorsAdopted',
  'IndicatorResultRecorded',
  'ExecutionScored',
  'YearClosed',
  'YearReopened',
  'ReportPublished',
]);

export const booksProjection: Projection = {
  name: 'books',
  tables: ['fact'],
  schema: SCHEMA,
  writer: (db) => new BooksWriter(db),
};

class BooksWriter implements ProjectionWriter {
  readonly #add;

  constructor(db: ReadModelDatabase) {
    this.#add = db.prepare<[number, number, number, number, string, string]>(
      'insert or ignore into fact values (?, ?, ?, ?, ?, ?)',
    );
  }

  apply({ index, book, revision, date, event }: LogEvent): void {
    if (!KEPT.has(event.type)) return;
    // of reversals only those of carryover: what is taken back is no longer a source
    if (event.type === 'EntryReversed' && event.data.entryType !== 'CarryoverBroughtIn') return;
    this.#add.run(book, index, revision, dayNumber(date), event.type, JSON.stringify(event.data));
  }

  flush(): void {}

  reset(): void {}
}
