import type { ReadModelDatabase } from '../kernel/database.js';
import {
  dayNumber,
  type LogEvent,
  type Projection,
  type ProjectionWriter,
} from '../kernel/projection.js';

/** The event index: which events a book has, of which type and day, without reading the log. */
const SCHEMA = `
  create table if not exists event_index(
    book integer not null, idx integer not null, revision integer not null,
    day integer not null, type text not null,
    primary key(book, idx)
  ) strict, without rowid;`;

export const historyProjection: Projection = {
  name: 'history',
  tables: ['event_index'],
  schema: SCHEMA,
  writer: (db) => new HistoryWriter(db),
};

class HistoryWriter implements ProjectionWriter {
  readonly #add;

  constructor(db: ReadModelDatabase) {
    this.#add = db.prepare<[number, number, number, number, string]>(
      'insert or ignore into event_index values (?, ?, ?, ?, ?)',
    );
  }

  apply({ index, book, revision, date, event }: LogEvent): void {
    this.#add.run(book, index, revision, dayNumber(date), event.type);
  }

  flush(): void {}

  reset(): void {}
}
