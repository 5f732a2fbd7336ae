import type Database from 'better-sqlite3';
import type { Revision, StoredEvent } from '../../event-store.js';

type Row = [
  index: number,
  stream: string,
  revision: number,
  type: string,
  date: string,
  commandId: string,
  payload: string,
  envelope: string,
];

const EVENTS = `select e.idx, s.name, e.revision, e.type, e.date, e.command_id, e.payload, e.envelope
  from events e join streams s on s.id = e.stream_id`;

/** The reads of the log, each one prepared statement. */
export class LogReader {
  /** How many events were read since the start. */
  eventsRead = 0;
  readonly #stream: Database.Statement<[string, number, number], Row>;
  readonly #log: Database.Statement<[number, number], Row>;
  readonly #command: Database.Statement<[string, string], Row>;
  readonly #size: Database.Statement<[], number>;

  constructor(db: Database.Database) {
    const rows = <P extends unknown[]>(where: string) =>
      db.prepare<P, Row>(`${EVENTS} ${where}`).raw();
    this.#stream = rows('where s.name = ? and e.revision >= ? order by e.revision limit ?');
    this.#log = rows('where e.idx >= ? order by e.idx limit ?');
    this.#command = rows('where s.name = ? and e.command_id = ?');
    // idx has no gaps, so that its end is the count
    this.#size = db.prepare<[], number>('select coalesce(max(idx) + 1, 0) from events').pluck();
  }

  stream(stream: string, from: Revision, limit: number): StoredEvent[] {
    return this.#events(this.#stream.all(stream, from, limit));
  }

  log(from: number, limit: number): StoredEvent[] {
    return this.#events(this.#log.all(from, limit));
  }

  command(stream: string, commandId: string): StoredEvent | undefined {
    const row = this.#command.get(stream, commandId);
    return row && this.#events([row])[0];
  }

  size(): number {
    return this.#size.get()!;
  }

  #events(rows: readonly Row[]): StoredEvent[] {
    this.eventsRead += rows.length;
    return rows.map(([index, stream, revision, type, date, commandId, payload, envelope]) => ({
      index,
      stream,
      revision,
      type,
      date,
      commandId,
      envelope,
      payload,
    }));
  }
}
