import { streamOfBook, type BookId } from '#domain';
import type { BookNumbers } from '../kernel/book-numbers.js';
import type { ReadModelDatabase, Statement } from '../kernel/database.js';

/** Finds by the event index where in a book's stream an index of the log lies. */
export class RevisionFinder {
  readonly #before: Statement<[number, number], number>;

  constructor(
    db: ReadModelDatabase,
    private readonly books: BookNumbers,
  ) {
    this.#before = db
      .prepare<[number, number], number>(
        'select coalesce(max(revision), 0) from event_index where book = ? and idx <= ?',
      )
      .pluck();
  }

  /** A revision that no event from `index` on is before: a few lower, for the index is sparse and may lag. */
  from(id: BookId, index: number): number {
    const book = this.books.find(streamOfBook(id));
    return book === undefined ? 0 : this.#before.get(book, index)!;
  }
}
