import { bookOfStream, type BookId } from '#domain';
import type { ReadModelDatabase, Statement } from './database.js';

/** Small numbers for the streams of books, given in the order in which the log first names them. */
export class BookNumbers {
  readonly #known = new Map<string, number>();
  readonly #find: Statement<[string], number>;
  readonly #add: Statement<[string]>;
  readonly #all: Statement<[], string>;

  constructor(db: ReadModelDatabase) {
    this.#find = db.prepare<[string], number>('select id from book where stream = ?').pluck();
    this.#add = db.prepare('insert or ignore into book(stream) values (?)');
    this.#all = db.prepare<[], string>('select stream from book order by stream').pluck();
  }

  find(stream: string): number | undefined {
    return this.#known.get(stream) ?? this.#find.get(stream);
  }

  /** To be called inside a transaction. */
  numberOf(stream: string): number {
    const known = this.#known.get(stream);
    if (known !== undefined) return known;
    this.#add.run(stream);
    const number = this.#find.get(stream)!;
    this.#known.set(stream, number);
    return number;
  }

  forget(): void {
    this.#known.clear();
  }

  books(): readonly BookId[] {
    return this.#all.all().flatMap((stream) => bookOfStream(stream) ?? []);
  }
}
