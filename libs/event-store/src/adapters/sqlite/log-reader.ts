import type Database from 'better-sqlite3';
import type { Revision, StoredEvent } from '../../event-store.js';

// the columns under the names of StoredEvent: what SQLite answers is handed out as it is
const EVENTS = `
  select e.idx as "index", s.name as stream, e.revision, e.type, e.date, e.command_id as commandId,
    e.envelope, e.payload
  from events e join streams s on s.id = e.stream_id`;

/** The reads of the log, each one prepared statement. */
export class LogReader {
  /** How many events were read since the start. */
  eventsRead = 0;
  readonly #stream: Database.Statement<[string, number, number], StoredEvent>;
  readonly #log: Database.Statement<[number, number], StoredEvent>;
  readonly #command: Database.Statement<[string, string], StoredEvent>;
  readonly #size: Database.Statement<[], number>;

  constructor(db: Database.Database) {
    const rows = <P extends unknown[]>(where: string) =>
      db.prepare<P, StoredEvent>(`${EVENTS} ${where}`);
    this.#stream = rows('where s.name = ? and e.revision >= ? order by e.revision limit ?');
    this.#log = rows('where e.idx >= ? order by e.idx limit ?');
    this.#command = rows('where s.name = ? and e.command_id = ?');
    // idx has no gaps, so that its end is the count
    this.#size = db.prepare<[], number>('select coalesce(max(idx) + 1, 0) from events').pluck();
  }

  stream(stream: string, from: Revision, limit: number): StoredEvent[] {
    return this.#counted(this.#stream.all(stream, from, limit));
  }

  log(from: number, limit: number): StoredEvent[] {
    return this.#counted(this.#log.all(from, limit));
  }

  command(stream: string, commandId: string): StoredEvent | undefined {
    const event = this.#command.get(stream, commandId);
    return event && this.#counted([event])[0];
  }

  size(): number {
    return this.#size.get()!;
  }

  #counted(events: StoredEvent[]): StoredEvent[] {
    this.eventsRead += events.length;
    return events;
  }
}
