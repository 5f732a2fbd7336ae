import type Database from 'better-sqlite3';
import type { Revision, StoredEvent } from '../../event-store.js';

// the columns under the names of StoredEvent: what SQLite answers is handed out as it is, but for the stream
const EVENTS = `
  select idx as "index", stream_id as stream, revision, type, date, command_id as commandId, envelope, payload
  from events`;

/** An event as SQLite answers it: its stream still by number. */
type Row = Omit<StoredEvent, 'stream'> & { stream: number | string };

/** The reads of the log, each one prepared statement. */
export class LogReader {
  /** How many events were read since the start. */
  eventsRead = 0;
  /** Names by number: a join for every event costs a fifth of the read. They are only ever added. */
  readonly #names = new Map<number, string>();
  readonly #name: Database.Statement<[number], string>;
  readonly #stream: Database.Statement<[string, number, number], Row>;
  readonly #log: Database.Statement<[number, number], Row>;
  readonly #command: Database.Statement<[string, string], Row>;
  readonly #size: Database.Statement<[], number>;

  constructor(db: Database.Database) {
    const rows = <P extends unknown[]>(where: string) => db.prepare<P, Row>(`${EVENTS} ${where}`);
    const ofStream = 'stream_id = (select id from streams where name = ?)';
    this.#name = db.prepare<[number], string>('select name from streams where id = ?').pluck();
    this.#stream = rows(`where ${ofStream} and revision >= ? order by revision limit ?`);
    this.#log = rows('where idx >= ? order by idx limit ?');
    this.#command = rows(`where ${ofStream} and command_id = ?`);
    // idx has no gaps, so that its end is the count
    this.#size = db.prepare<[], number>('select coalesce(max(idx) + 1, 0) from events').pluck();
  }

  stream(stream: string, from: Revision, limit: number): StoredEvent[] {
    return this.#named(this.#stream.all(stream, from, limit));
  }

  log(from: number, limit: number): StoredEvent[] {
    return this.#named(this.#log.all(from, limit));
  }

  command(stream: string, commandId: string): StoredEvent | undefined {
    return this.#named(this.#command.all(stream, commandId))[0];
  }

  size(): number {
    return this.#size.get()!;
  }

  #named(rows: Row[]): StoredEvent[] {
    this.eventsRead += rows.length;
    for (const row of rows) row.stream = this.#nameOf(row.stream as number);
    return rows as StoredEvent[];
  }

  #nameOf(id: number): string {
    let name = this.#names.get(id);
    if (name === undefined) {
      // a number without a name is damage: the event is handed out as one of no stream, which no check lets pass
      name = this.#name.get(id) ?? '';
      this.#names.set(id, name);
    }
    return name;
  }
}
