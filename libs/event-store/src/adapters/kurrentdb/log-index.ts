import type Database from 'better-sqlite3';
import { LRUCache } from 'lru-cache';
import { EMPTY_STREAM, type StreamHead } from '../../envelope.js';
import type { LedgerRecord } from './ledger-record.js';
import { comparePositions, type Position } from './protocol.js';

/** Where an event of the log lies. */
export interface Place extends Position {
  readonly index: number;
  readonly stream: string;
  readonly revision: number;
}

/** The last event of a stream that the index has, with its rank; −1 where there is none. */
export interface IndexedHead extends StreamHead {
  readonly index: number;
}

interface Stream extends IndexedHead {
  readonly id: number;
}

/** How far `$all` has been looked at, and how many events of the log there were. */
export interface Progress {
  readonly position: Position | undefined;
  readonly size: number;
}

const STREAMS_IN_MEMORY = 20_000;
const NO_HEAD: IndexedHead = { ...EMPTY_STREAM, index: -1 };

const PLACE = `
  select e.idx as "index", s.name as stream, e.revision, e.commit_at as "commit", e.prepare_at as prepare
  from events e`;
const WITH_NAME = 'join streams s on s.id = e.stream_id';
// the indices by name: left to choose, SQLite walks a whole stream, or the events in the order of their ranks
const byIndex = (name: 'events_by_revision' | 'events_by_command') =>
  `${PLACE} indexed by ${name} ${WITH_NAME} where e.stream_id = (select id from streams where name = ?)`;

/**
 * The ranks of the log's events in `$all`, as this node has seen them, in SQLite: `log-index.db` of the data
 * directory, or memory where there is none. It may be deleted: it is made again from the server. Several
 * processes may have the file open; each adds what no other has.
 */
export class LogIndex {
  /** Of the streams that were used last; another process may have gone further, which the subscription tells. */
  readonly #streams = new LRUCache<string, Stream>({ max: STREAMS_IN_MEMORY });
  #moved: ReadonlyMap<string, Stream> = new Map();
  readonly #stream: Database.Statement<[string], Stream>;
  readonly #addStream: Database.Statement<[string]>;
  readonly #add: Database.Statement<[number, number, number, string, string, number, number]>;
  readonly #progress: Database.Statement<[], [number, number | null, number | null]>;
  readonly #advance: Database.Statement<[number, number, number]>;
  readonly #at: Database.Statement<[string, number], Place>;
  readonly #byCommand: Database.Statement<[string, string], Place>;
  readonly #hasCommand: Database.Statement<[number, string], number>;
  readonly #from: Database.Statement<[number, number], Place>;
  readonly #ofStream: Database.Statement<[string, number, number], Place>;
  readonly #apply: Database.Transaction<
    (records: readonly LedgerRecord[], position: Position) => number
  >;

  constructor(private readonly db: Database.Database) {
    this.#stream = db.prepare(`
      select s.id, e.revision, e.leaf, e.idx as "index" from streams s
      join events e indexed by events_by_revision on e.stream_id = s.id
      where s.name = ? order by e.revision desc limit 1`);
    this.#addStream = db.prepare('insert into streams(name) values (?)');
    this.#add = db.prepare('insert into events values (?, ?, ?, ?, ?, ?, ?)');
    this.#progress = db
      .prepare<[], [number, number | null, number | null]>(
        'select size, commit_at, prepare_at from progress',
      )
      .raw();
    this.#advance = db.prepare('update progress set size = ?, commit_at = ?, prepare_at = ?');
    this.#at = db.prepare(`${byIndex('events_by_revision')} and e.revision = ? limit 1`);
    this.#byCommand = db.prepare(`${byIndex('events_by_command')} and e.command_id = ? limit 1`);
    this.#hasCommand = db
      .prepare<[number, string], number>(
        'select 1 from events indexed by events_by_command where stream_id = ? and command_id = ?',
      )
      .pluck();
    this.#from = db.prepare(`${PLACE} ${WITH_NAME} where e.idx >= ? order by e.idx limit ?`);
    this.#ofStream = db.prepare(
      `${byIndex('events_by_revision')} and e.revision >= ? order by e.revision limit ?`,
    );
    this.#apply = db.transaction((records: readonly LedgerRecord[], position: Position) =>
      this.#write(records, position),
    );
  }

  get progress(): Progress {
    const [size, commit, prepare] = this.#progress.get()!;
    return { size, position: commit === null ? undefined : { commit, prepare: prepare! } };
  }

  /** The last event of a stream that is known here. */
  head(stream: string): IndexedHead {
    return this.#known(stream) ?? NO_HEAD;
  }

  at(stream: string, revision: number): Place | undefined {
    return this.#at.get(stream, revision);
  }

  /** Whether an event of a stream comes from a command. */
  has(stream: string, commandId: string): boolean {
    const known = this.#known(stream);
    return known !== undefined && this.#hasCommand.get(known.id, commandId) !== undefined;
  }

  byCommand(stream: string, commandId: string): Place | undefined {
    return this.#byCommand.get(stream, commandId);
  }

  from(index: number, limit: number): Place[] {
    return this.#from.all(index, limit);
  }

  /** The places of a stream's events from a revision on. */
  ofStream(stream: string, from: number, limit: number): Place[] {
    return this.#ofStream.all(stream, from, limit);
  }

  /** The names of all streams. */
  streams(): string[] {
    return this.db.prepare<[], string>('select name from streams').pluck().all();
  }

  /**
   * Adds records in the order of `$all` and moves on to `position`, in one transaction; what lies at or before
   * the position where the index is already is left out. Answers the size of the log.
   */
  apply(records: readonly LedgerRecord[], position: Position): number {
    const size = this.#apply.immediate(records, position);
    for (const [name, stream] of this.#moved) this.#streams.set(name, stream);
    return size;
  }

  close(): void {
    this.db.close();
  }

  #known(name: string): Stream | undefined {
    let stream = this.#streams.get(name);
    if (!stream && (stream = this.#stream.get(name))) this.#streams.set(name, stream);
    return stream;
  }

  #write(records: readonly LedgerRecord[], position: Position): number {
    const before = this.progress;
    let { size } = before;
    const isKnown = (at: Position) =>
      before.position !== undefined && comparePositions(at, before.position) <= 0;
    const moved = new Map<string, Stream>();
    for (const record of records) {
      const { stream: name, revision, commandId, leaf, commit, prepare } = record;
      // what another process has added already has moved the head in the file, not here
      if (isKnown(record)) {
        this.#streams.delete(name);
        continue;
      }
      const id = moved.get(name)?.id ?? this.#idOf(name);
      this.#add.run(size, id, revision, commandId, leaf, commit, prepare);
      moved.set(name, { id, revision, leaf, index: size++ });
    }
    if (!isKnown(position)) this.#advance.run(size, position.commit, position.prepare);
    this.#moved = moved;
    return size;
  }

  #idOf(name: string): number {
    return this.#known(name)?.id ?? Number(this.#addStream.run(name).lastInsertRowid);
  }
}
