import type Database from 'better-sqlite3';
import { LRUCache } from 'lru-cache';
import type { Revision, StoredEvent } from '../../event-store.js';

type Row = [
  index: number,
  streamId: number,
  revision: number,
  type: string,
  date: string,
  commandId: string,
  payload: string,
  envelope: string,
];

const EVENTS =
  'select idx, stream_id, revision, type, date, command_id, payload, envelope from events';
const OF_STREAM = 'where stream_id = (select id from streams where name = ?)';

const MOST_NAMES = 10_000;

/** The reads of the log, each one prepared statement. */
export class LogReader {
  /** How many events were read since the start. */
  eventsRead = 0;
  readonly #stream: Database.Statement<[string, number, number], Row>;
  readonly #log: Database.Statement<[number, number], Row>;
  readonly #command: Database.Statement<[string, string], Row>;
  readonly #size: Database.Statement<[], number>;
  readonly #name: Database.Statement<[number], string>;
  /** Names are few and long, and the same one is asked for with every event. */
  readonly #names = new LRUCache<number, string>({ max: MOST_NAMES });

  constructor(db: Database.Database) {
    const rows = <P extends unknown[]>(where: string) =>
      db.prepare<P, Row>(`${EVENTS} ${where}`).raw();
    this.#stream = rows(`${OF_STREAM} and revision >= ? order by revision limit ?`);
    this.#log = rows('where idx >= ? order by idx limit ?');
    this.#command = rows(`${OF_STREAM} and command_id = ?`);
    this.#name = db.prepare<[number], string>('select name from streams where id = ?').pluck();
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
    return rows.map(([index, streamId, revision, type, date, commandId, payload, envelope]) => ({
      index,
      stream: this.#names.get(streamId) ?? this.#nameOf(streamId),
      revision,
      type,
      date,
      commandId,
      envelope,
      payload,
    }));
  }

  #nameOf(streamId: number): string {
    const name = this.#name.get(streamId);
    if (name === undefined) throw new Error(`there is no stream ${streamId}`);
    this.#names.set(streamId, name);
    return name;
  }
}
