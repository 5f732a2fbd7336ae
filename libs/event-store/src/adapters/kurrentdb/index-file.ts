import { rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { makeDirectory } from '../sqlite/open-database.js';
import { sqliteCodeOf } from '../sqlite/sqlite-code.js';
import { LogIndex } from './log-index.js';
import { PlacesFile } from './places-file.js';

const FILE_NAME = 'log-index.db';
const SCHEMA_VERSION = '1';
const BUSY_TIMEOUT_MS = 3000;
/** 40 MB: at the default of 4 MB half of the time of a transaction goes into flushes of the disk. */
const PAGES_PER_CHECKPOINT = 10_000;

const SCHEMA = `
  create table if not exists meta(key text primary key, value text not null) strict;
  create table if not exists progress(
    one integer primary key check (one = 1),
    size integer not null, commit_at integer, prepare_at integer
  ) strict;
  create table if not exists streams(
    id integer primary key, name text not null unique
  ) strict;
  create table if not exists events(
    idx integer primary key,
    stream_id integer not null references streams(id),
    revision integer not null,
    command_id text not null,
    leaf text not null,
    commit_at integer not null,
    prepare_at integer not null
  ) strict;
  create index if not exists events_by_revision on events(stream_id, revision);
  create index if not exists events_by_command on events(stream_id, command_id);
  insert or ignore into progress(one, size) values (1, 0);`;

/** Opens the index of a log; one of another log, of another version or damaged is thrown away. */
export function openIndexFile(directory: string | undefined, origin: string): LogIndex {
  if (directory === undefined) return open(':memory:', origin);
  makeDirectory(directory);
  const file = join(directory, FILE_NAME);
  try {
    return open(file, origin);
  } catch (error) {
    if (!(error instanceof Unfit) && !isDamage(error)) throw error;
    removeIndexFile(directory);
    return open(file, origin);
  }
}

/** Removes the file of a closed index; whoever else has it open goes on with what it was. */
export function removeIndexFile(directory: string | undefined): void {
  if (directory === undefined) return;
  for (const suffix of ['', '-wal', '-shm'])
    rmSync(join(directory, FILE_NAME + suffix), { force: true });
}

function open(file: string, origin: string): LogIndex {
  const db = new Database(file, { timeout: BUSY_TIMEOUT_MS });
  try {
    db.pragma('journal_mode = WAL');
    // what a power cut takes is only read from the server again
    db.pragma('synchronous = NORMAL');
    db.pragma(`wal_autocheckpoint = ${PAGES_PER_CHECKPOINT}`);
    prepare(db, origin);
    return new LogIndex(new PlacesFile(db));
  } catch (error) {
    db.close();
    throw error;
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
