import type Database from 'better-sqlite3';
import { LedgerRefusal } from '#domain';
import {
  StoreUnavailable,
  type Appended,
  type EventStore,
  type Revision,
  type SealedEvent,
  type StoredEvent,
} from '../../event-store.js';
import { checkLog } from './check-log.js';
import { copyLog } from './copy-log.js';
import { LogReader } from './log-reader.js';
import { LogWriter } from './log-writer.js';
import { openDatabase, type SqliteOptions } from './open-database.js';
import { STORE } from '../../sentences/store.js';

/** The port on one SQLite file, `events.db`, which several processes may have open. */
export class SqliteEventStore implements EventStore {
  readonly caughtUp = true;
  readonly origin: string;
  readonly #db: Database.Database;
  readonly #reader: LogReader;
  readonly #writer: LogWriter;
  readonly #listeners = new Set<(size: number) => void>();

  /** Opens or creates the log. Throws a LedgerRefusal `store-unavailable` where it could not be durable. */
  constructor(options: SqliteOptions) {
    const { db, origin } = openDatabase(options);
    this.#db = db;
    this.origin = origin;
    try {
      this.#reader = new LogReader(db);
      this.#writer = new LogWriter(db, {
        committed: (size) => this.#listeners.forEach((listen) => listen(size)),
        failed: options.onFailure,
      });
    } catch (error) {
      // its tables are not those that were made: the file is damaged
      db.close();
      throw LedgerRefusal.of(
        'store-unavailable',
        STORE.damaged({ place: options.directory, fault: (error as Error).message }),
      );
    }
  }

  /** What this process has done since the start. */
  get statistics(): { readonly commits: number; readonly eventsRead: number } {
    return { commits: this.#writer.commits, eventsRead: this.#reader.eventsRead };
  }

  /** Why the store refuses every write until it is opened anew; undefined as long as it does not. */
  get failure(): string | undefined {
    return this.#writer.failure?.in('en');
  }

  append(stream: string, expected: Revision, events: readonly SealedEvent[]): Promise<Appended> {
    if (!this.#db.open) return Promise.reject(closed());
    return this.#writer.append({ stream, expected, events });
  }

  async readStream(stream: string, from: Revision, limit: number): Promise<readonly StoredEvent[]> {
    return this.#read(() => this.#reader.stream(stream, from, limit));
  }

  async readLog(from: number, limit: number): Promise<readonly StoredEvent[]> {
    return this.#read(() => this.#reader.log(from, limit));
  }

  async findCommand(stream: string, commandId: string): Promise<StoredEvent | undefined> {
    return this.#read(() => this.#reader.command(stream, commandId));
  }

  async size(): Promise<number> {
    return this.#read(() => this.#reader.size());
  }

  async faults(): Promise<readonly string[]> {
    this.#mustBeOpen();
    try {
      return await checkLog(this.#db);
    } catch (error) {
      // a file that cannot even be looked at is a finding as well
      return [(error as Error).message];
    }
  }

  onAppended(listener: (size: number) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Copies the log into a new file: all that was acknowledged before the call, and an exact prefix. Others go
   * on reading and writing meanwhile. Throws a LedgerRefusal where the file is there already.
   */
  async backup(out: string): Promise<void> {
    this.#mustBeOpen();
    await copyLog(this.#db.name, out);
  }

  async close(): Promise<void> {
    if (!this.#db.open) return;
    this.#writer.flush();
    this.#db.close();
  }

  #read<T>(read: () => T): T {
    this.#mustBeOpen();
    try {
      return read();
    } catch (error) {
      throw new StoreUnavailable(
        STORE.unreadable({ fault: (error as Error).message }),
        'not-stored',
        { cause: error },
      );
    }
  }

  #mustBeOpen(): void {
    if (!this.#db.open) throw closed();
  }
}

const closed = () => new StoreUnavailable(STORE.closed(), 'not-stored');
