import type Database from 'better-sqlite3';
import { sqliteCodeOf } from './sqlite-code.js';
import type { StreamHead } from '../../envelope.js';
import {
  DuplicateCommand,
  NO_EVENTS,
  WrongRevision,
  type Appended,
  type Revision,
  type SealedEvent,
} from '../../event-store.js';
import { leafHex } from '../../hashing.js';
import { judgeAppend } from '../../judge-append.js';

export interface Append {
  readonly stream: string;
  readonly expected: Revision;
  readonly events: readonly SealedEvent[];
}

/** What became of one append of a batch: stored once the transaction commits, or refused on its own. */
export type Judged = Appended | WrongRevision | DuplicateCommand;

export const isRefused = (judged: Judged): judged is WrongRevision | DuplicateCommand =>
  judged instanceof Error;

interface Stream {
  /** Undefined until the stream has its row. */
  id: number | undefined;
  head: StreamHead;
}

type Insert = [number, number, number, string, string, string, string, string];

/**
 * Writes appends inside an open transaction, each judged by itself. All that it goes by is read inside
 * that transaction, for other processes may write the same file.
 */
export class AppendBatch {
  readonly #size: Database.Statement<[], number>;
  readonly #stream: Database.Statement<[string], number>;
  readonly #head: Database.Statement<[number], [Revision, string]>;
  readonly #addStream: Database.Statement<[string]>;
  readonly #addEvent: Database.Statement<Insert>;
  readonly #savepoint: Record<'set' | 'release' | 'rollback', Database.Statement<[]>>;

  constructor(db: Database.Database) {
    this.#size = db.prepare<[], number>('select coalesce(max(idx) + 1, 0) from events').pluck();
    this.#stream = db.prepare<[string], number>('select id from streams where name = ?').pluck();
    this.#head = db
      .prepare<[number], [Revision, string]>(
        'select revision, envelope from events where stream_id = ? order by revision desc limit 1',
      )
      .raw();
    this.#addStream = db.prepare('insert into streams(name) values(?)');
    this.#addEvent = db.prepare('insert into events values(?, ?, ?, ?, ?, ?, ?, ?)');
    this.#savepoint = {
      set: db.prepare('savepoint append'),
      release: db.prepare('release append'),
      rollback: db.prepare('rollback to append'),
    };
  }

  /** Answers for each append; throws where the database itself fails, and then nothing may be committed. */
  write(appends: readonly Append[]): Judged[] {
    const streams = new Map<string, Stream>();
    let size = this.#size.get()!;
    return appends.map((append) => {
      let stream = streams.get(append.stream);
      if (!stream) streams.set(append.stream, (stream = this.#find(append.stream)));
      const judged = this.#writeOne(append, stream, size);
      if (!isRefused(judged)) size = judged.index + 1;
      return judged;
    });
  }

  #find(name: string): Stream {
    const id = this.#stream.get(name);
    if (id === undefined) return { id, head: { revision: NO_EVENTS, leaf: '' } };
    const [revision, envelope] = this.#head.get(id)!;
    return { id, head: { revision, leaf: leafHex(envelope) } };
  }

  #writeOne({ stream: name, expected, events }: Append, stream: Stream, size: number): Judged {
    try {
      judgeAppend(name, stream.head, expected, events);
    } catch (error) {
      if (error instanceof WrongRevision) return error;
      throw error;
    }
    // a single insert undoes itself; only what is several statements needs a savepoint
    const several = events.length > 1 || stream.id === undefined;
    if (several) this.#savepoint.set.run();
    const id = stream.id ?? Number(this.#addStream.run(name).lastInsertRowid);
    let { revision } = stream.head;
    let index = size;
    for (const e of events) {
      try {
        const { type, date, commandId, payload, envelope } = e;
        this.#addEvent.run(index++, id, ++revision, type, date, commandId, payload, envelope);
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        if (several) {
          this.#savepoint.rollback.run();
          this.#savepoint.release.run();
        }
        return new DuplicateCommand(name, e.commandId);
      }
    }
    if (several) this.#savepoint.release.run();
    stream.id = id;
    stream.head = { revision, leaf: events.at(-1)!.leaf };
    return { index: index - 1, revision };
  }
}

const isDuplicate = (error: unknown): boolean =>
  sqliteCodeOf(error) === 'SQLITE_CONSTRAINT_UNIQUE' &&
  (error as Error).message.includes('events.command_id');
