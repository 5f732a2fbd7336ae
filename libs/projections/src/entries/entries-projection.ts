import {
  MOVEMENT_KIND_NAMES,
  procurementOf,
  type BookEvent,
  type Movement,
  type MovementKind,
} from '#domain';
import type { ReadModelDatabase } from '../kernel/database.js';
import {
  dayNumber,
  type LogEvent,
  type Projection,
  type ProjectionWriter,
} from '../kernel/projection.js';

/**
 * The fact table: every movement of every event, and beside it the running total of each line and kind.
 * `line` numbers the combinations of dimensions; rows of `movement` lie together by line, so that the
 * figures of one book never touch those of another, whatever the size of the log.
 */
const SCHEMA = `
  create table if not exists line(
    id integer primary key,
    book integer not null, project text not null, fund text not null, origin text not null,
    function text not null, economic text not null,
    unique(book, project, fund, origin, function, economic)
  ) strict;
  create table if not exists movement(
    line integer not null, idx integer not null, seq integer not null,
    kind integer not null, day integer not null, fen integer not null,
    primary key(line, idx, seq)
  ) strict, without rowid;
  create table if not exists line_total(
    line integer not null, kind integer not null, fen integer not null,
    primary key(line, kind)
  ) strict, without rowid;
  create table if not exists closing(
    book integer not null, revision integer not null, day integer not null,
    primary key(book, revision)
  ) strict, without rowid;
  create table if not exists procurement(
    book integer not null, idx integer not null, project text not null,
    day integer not null, fen integer not null,
    primary key(book, idx)
  ) strict, without rowid;`;

const KIND_NUMBERS = Object.fromEntries(
  MOVEMENT_KIND_NAMES.map((kind, number) => [kind, number]),
) as Readonly<Record<MovementKind, number>>;

export const entriesProjection: Projection = {
  name: 'entries',
  tables: ['line', 'movement', 'line_total', 'closing', 'procurement'],
  schema: SCHEMA,
  writer: (db) => new EntriesWriter(db),
};

class EntriesWriter implements ProjectionWriter {
  readonly #lines = new Map<string, number>();
  readonly #totals = new Map<number, number>();
  readonly #find;
  readonly #addLine;
  readonly #addMovement;
  readonly #addTotal;
  readonly #addProcurement;
  readonly #addClosing;
  readonly #closingDay;

  constructor(db: ReadModelDatabase) {
    this.#find = db
      .prepare<unknown[], number>(
        `select id from line where book = ? and project = ? and fund = ? and origin = ?
         and function = ? and economic = ?`,
      )
      .pluck();
    this.#addLine = db.prepare(
      `insert into line(book, project, fund, origin, function, economic) values (?, ?, ?, ?, ?, ?)`,
    );
    this.#addMovement = db.prepare<[number, number, number, number, number, number]>(
      'insert or ignore into movement values (?, ?, ?, ?, ?, ?)',
    );
    this.#addTotal = db.prepare<[number, number, number]>(
      `insert into line_total values (?, ?, ?)
       on conflict(line, kind) do update set fen = fen + excluded.fen`,
    );
    this.#addClosing = db.prepare<[number, number, number]>(
      'insert or ignore into closing values (?, ?, ?)',
    );
    this.#closingDay = db
      .prepare<[number, number], number>('select day from closing where book = ? and revision = ?')
      .pluck();
    this.#addProcurement = db.prepare<[number, number, string, number, number]>(
      'insert or ignore into procurement values (?, ?, ?, ?, ?)',
    );
  }

  apply({ index, book, revision, date, event, movements }: LogEvent): void {
    const day = this.#dayOf(book, event) ?? dayNumber(date);
    if (event.type === 'YearClosed') this.#addClosing.run(book, revision, day);
    movements.forEach((m, seq) => {
      const line = this.#lineOf(book, m);
      const kind = KIND_NUMBERS[m.kind];
      this.#addMovement.run(line, index, seq, kind, day, m.amountFen);
      const total = line * MOVEMENT_KIND_NAMES.length + kind;
      this.#totals.set(total, (this.#totals.get(total) ?? 0) + m.amountFen);
    });
    const procurement = procurementOf(event);
    if (procurement !== 0) {
      // procurement is said of a payment as a whole: it belongs to a project only where there is just one
      const projects = new Set(movements.map((m) => m.project));
      const [project] = projects.size === 1 ? [...projects] : [''];
      this.#addProcurement.run(book, index, project ?? '', day, procurement);
    }
  }

  /**
   * A reopening undoes a close on the day of that close: bounded by days before the reopening, which may be in
   * the next year, a book that is closed again would show what it carried forward twice.
   */
  #dayOf(book: number, event: BookEvent): number | undefined {
    if (event.type !== 'YearReopened') return undefined;
    return this.#closingDay.get(book, event.data.closing.revision);
  }

  #lineOf(book: number, m: Movement): number {
    const key = `${book}|${m.project}|${m.fund}|${m.origin}|${m.function}|${m.economic}`;
    const known = this.#lines.get(key);
    if (known !== undefined) return known;
    const values = [book, m.project, m.fund, m.origin, m.function, m.economic];
    const line = this.#find.get(...values) ?? Number(this.#addLine.run(...values).lastInsertRowid);
    this.#lines.set(key, line);
    return line;
  }

  flush(): void {
    for (const [total, fen] of this.#totals) {
      const kind = total % MOVEMENT_KIND_NAMES.length;
      this.#addTotal.run((total - kind) / MOVEMENT_KIND_NAMES.length, kind, fen);
    }
    this.#totals.clear();
    // a bound on what is remembered: books come and go over the years
    if (this.#lines.size > 200_000) this.#lines.clear();
  }

  reset(): void {
    this.#lines.clear();
    this.#totals.clear();
  }
}
