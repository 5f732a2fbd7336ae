import { closeSync, existsSync, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { LedgerRefusal, type Sentence } from '#domain';
import { newOrigin } from '../../origin.js';
import { STORE } from '../../sentences/store.js';

export interface SqliteOptions {
  /** The data directory; made where it is missing. */
  readonly directory: string;
  /** False: a log must be there already; a mistyped directory is not made into an empty ledger. */
  readonly create?: boolean;
  /** The name of the log where it is new; where it is not, it must be this one. */
  readonly origin?: string;
  /** How long to wait for another process that is writing. */
  readonly busyTimeoutMs?: number;
  /**
   * Told, once, that after an error of the disk no write will be taken any more. What is in the memory of the
   * system may differ from the disk then: a server should end and be started anew.
   */
  readonly onFailure?: (reason: string) => void;
}

const FILE_NAME = 'events.db';
const SCHEMA_VERSION = '1';
const OLDEST_SQLITE = '3.51.3';
const BUSY_TIMEOUT_MS = 3000;

// payload before envelope: the payload is what a fold reads
const SCHEMA = `
  create table if not exists meta(key text primary key, value text not null) strict;
  create table if not exists streams(id integer primary key, name text not null unique) strict;
  create table if not exists events(
    idx integer primary key,
    stream_id integer not null references streams(id),
    revision integer not null,
    type text not null,
    date text not null,
    command_id text not null,
    payload text not null,
    envelope text not null,
    unique(stream_id, revision),
    unique(stream_id, command_id)
  ) strict;`;

/**
 * Opens the log's database so that a commit is durable, and proves it by a first write. Throws a
 * LedgerRefusal `store-unavailable` where it cannot be had.
 */
export function openDatabase(options: SqliteOptions): { db: Database.Database; origin: string } {
  let db: Database.Database | undefined;
  const file = join(options.directory, FILE_NAME);
  try {
    if (options.create === false && !existsSync(file))
      throw unavailable(STORE.none({ place: options.directory }));
    makeDirectory(options.directory);
    db = new Database(file, {
      timeout: options.busyTimeoutMs ?? BUSY_TIMEOUT_MS,
    });
    mustBeRecent(db.prepare<[], string>('select sqlite_version()').pluck().get()!);
    makeDurable(db);
    const origin = writeMeta(db, options.origin);
    mustBeDurable(db);
    return { db, origin };
  } catch (error) {
    db?.close();
    if (error instanceof LedgerRefusal) throw error;
    throw unavailable(
      STORE.notOpened({ place: options.directory, fault: (error as Error).message }),
    );
  }
}

const unavailable = (sentence: Sentence) => LedgerRefusal.of('store-unavailable', sentence);

/** The new directory's own name must survive a power cut as well, so its parent is synced. */
export function makeDirectory(directory: string): void {
  const first = mkdirSync(directory, { recursive: true, mode: 0o700 });
  if (first !== undefined) syncPath(dirname(resolve(first)));
}

/** Flushes a file or, where the system can (not on Windows), a directory to the disk. */
export function syncPath(path: string): void {
  if (process.platform === 'win32') return;
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Older versions of SQLite can corrupt a WAL database that several connections write. */
export function mustBeRecent(version: string): void {
  const [given, oldest] = [version, OLDEST_SQLITE].map((v) => v.split('.').map(Number));
  const differs = oldest!.findIndex((part, i) => given![i] !== part);
  if (differs >= 0 && !(given![differs]! > oldest![differs]!))
    throw unavailable(STORE.tooOld({ version, needed: OLDEST_SQLITE }));
}

export function makeDurable(db: Database.Database): void {
  // in this order: the build at hand falls back to NORMAL when a database turns to WAL
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  // checkpoints are ours (see LogWriter): SQLite's own would swallow an error of fsync
  db.pragma('wal_autocheckpoint = 0');
}

const FULL = 2;

/** Reads the settings back; to be called after a write, for SQLite applies some of them only then. */
export function mustBeDurable(db: Database.Database, what = STORE.itself()): void {
  const journal = db.pragma('journal_mode', { simple: true });
  const synchronous = db.pragma('synchronous', { simple: true });
  if (journal !== 'wal' || synchronous !== FULL)
    throw unavailable(
      STORE.notDurable({
        what,
        journal: String(journal),
        synchronous: String(synchronous),
        needed: FULL,
      }),
    );
}

function writeMeta(db: Database.Database, wanted: string | undefined): string {
  const write = db.transaction(() => {
    db.exec(SCHEMA);
    const add = db.prepare<[string, string]>('insert or ignore into meta values(?, ?)');
    add.run('schema', SCHEMA_VERSION);
    add.run('origin', wanted ?? newOrigin());
    // a write even where all was there: a log that can't be written must be known at the start
    db.prepare("update meta set value = value where key = 'schema'").run();
    return new Map(db.prepare<[], [string, string]>('select key, value from meta').raw().all());
  });
  const meta = write.immediate();
  const [schema, origin] = [meta.get('schema'), meta.get('origin')!];
  if (schema !== SCHEMA_VERSION)
    throw unavailable(STORE.otherSchema({ schema: String(schema), known: SCHEMA_VERSION }));
  if (wanted !== undefined && wanted !== origin)
    throw unavailable(STORE.otherLog({ origin, wanted }));
  return origin;
}
