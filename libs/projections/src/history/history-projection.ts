import type { ReadModelDatabase } from '../kernel/database.js';
import type { LogEvent, Projection, ProjectionWriter } from '../kernel/projection.js';

/**
 * The event index: where in the log a book's events lie. It is sparse, every 64th event of a book has a row:
 * from there on the stream itself is read, and a rebuild writes 64 times less.
 */
const SCHEMA = `
  create table if not exists event_index(
    book integer not null, idx integer not null, revision integer not null,
    primary key(book, idx)
  ) strict, without rowid;`;

const EVERY = 64;

export const historyProjection: Projection = {
  name: 'history',
  tables: ['event_index'],
  schema: SCHEMA,
  writer: (db) => new HistoryWriter(db),
};

class HistoryWriter implements ProjectionWriter {
  readonly #add;

  constructor(db: ReadModelDatabase) {
    this.#add = db.prepare<[number, number, number]>(
      'insert or ignore into event_index values (?, ?, ?)',
    );
  }

  apply({ index, book, revision }: LogEvent): void {
    if (revision % EVERY === 0) this.#add.run(book, index, revision);
  }

  flush(): void {}

  reset(): void {}
}
