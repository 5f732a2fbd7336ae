import { rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { LRUCache } from 'lru-cache';
import { EMPTY_STREAM, type StreamHead } from '../../envelope.js';
import { makeDirectory } from '../sqlite/open-database.js';
import { sqliteCodeOf } from '../sqlite/sqlite-code.js';
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

const FILE_NAME = 'log-index.db';
const SCHEMA_VERSION = '1';
const BUSY_TIMEOUT_MS = 3000;
const STREAMS_IN_MEMORY = 20_000;
const NO_HEAD: IndexedHead = { ...EMPTY_STREAM, index: -1 };

const SCHEMA = `
  create table if not exists meta(key text primary key, value text not null) strict;
  create table if not exists progress(
    one integer primary key check (one = 1),
    size integer not null, commit_at integer, prepare_at integer
  ) strict;
  create table if not exists streams(
    id integer primary key, name text not null unique,
    revision integer not null, leaf text not null, idx integer not null
  ) strict;
  create table if not exists events(
    idx integer primary key,
    stream_id integer not null references streams(id),
    revision integer not null,
    command_id text not null,
    commit_at integer not null,
    prepare_at integer not null
  ) strict;
  create index if not exists events_by_revision on events(stream_id, revision);
  create index if not exists events_by_command on events(stream_id, command_id);
  insert or ignore into progress(one, size) values (1, 0);`;

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
  readonly #db: Database.Database;
  /** Of the streams that were used last; another process may have gone further, which the subscription tells. */
  readonly #streams = new LRUCache<string, Stream>({ max: STREAMS_IN_MEMORY });
  #moved: ReadonlyMap<string, Stream> = new Map();
  readonly #stream: Database.Statement<[string], Stream>;
  readonly #addStream: Database.Statement<[string]>;
  readonly #moveHead: Database.Statement<[number, string, number, number]>;
  readonly #add: Database.Statement<[number, number, number, string, number, number]>;
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

  /** Opens the index of a log; one of another log, of another version or damaged is thrown away. */
  static open(directory: string | undefined, origin: string): LogIndex {
    if (directory === undefined) return new LogIndex(':memory:', origin);
    makeDirectory(directory);
    const file = join(directory, FILE_NAME);
    try {
      return new LogIndex(file, origin);
    } catch (error) {
      if (!(error instanceof Unfit) && !isDamage(error)) throw error;
      LogIndex.remove(directory);
      return new LogIndex(file, origin);
    }
  }

  /** Removes the file of a closed index; whoever else has it open goes on with what it was. */
  static remove(directory: string | undefined): void {
    if (directory === undefined) return;
    for (const suffix of ['', '-wal', '-shm'])
      rmSync(join(directory, FILE_NAME + suffix), { force: true });
  }

  private constructor(file: string, origin: string) {
    const db = new Database(file, { timeout: BUSY_TIMEOUT_MS });
    try {
      db.pragma('journal_mode = WAL');
      // what a power cut takes is only read from the server again
      db.pragma('synchronous = NORMAL');
      prepare(db, origin);
      this.#db = db;
      this.#stream = db.prepare(
        'select id, revision, leaf, idx as "index" from streams where name = ?',
      );
      this.#addStream = db.prepare(
        "insert into streams(name, revision, leaf, idx) values (?, -1, '', -1)",
      );
      this.#moveHead = db.prepare(
        'update streams set revision = ?, leaf = ?, idx = ? where id = ?',
      );
      this.#add = db.prepare('insert into events values (?, ?, ?, ?, ?, ?)');
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
    } catch (error) {
      db.close();
      throw error;
    }
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
    return this.#db.prepare<[], string>('select name from streams').pluck().all();
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
    this.#db.close();
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
      this.#add.run(size, id, revision, commandId, commit, prepare);
      moved.set(name, { id, revision, leaf, index: size++ });
    }
    for (const [name, { id, revision, leaf, index }] of moved) {
      this.#moveHead.run(revision, leaf, index, id);
      // read again where it is asked for, in case this is not committed
      this.#streams.delete(name);
    }
    if (!isKnown(position)) this.#advance.run(size, position.commit, position.prepare);
    this.#moved = moved;
    return size;
  }

  #idOf(name: string): number {
    return this.#known(name)?.id ?? Number(this.#addStream.run(name).lastInsertRowid);
  }
}

/** The file is an index, but not one of this log and version. */
class Unfit extends Error {}

function prepare(db: Database.Database, origin: string): void {
  const write = db.transaction(() => {
    db.exec(SCHEMA);
    const add = db.prepare<[string, string]>('insert or ignore into meta values (?, ?)');
    add.run('schema', SCHEMA_VERSION);
    add.run('origin', origin);
    return new Map(db.prepare<[], [string, string]>('select key, value from meta').raw().all());
  });
  const meta = write.immediate();
  if (meta.get('schema') !== SCHEMA_VERSION || meta.get('origin') !== origin) throw new Unfit();
}

const isDamage = (error: unknown): boolean =>
  /^SQLITE_(CORRUPT|NOTADB|ERROR)/.test(sqliteCodeOf(error));
