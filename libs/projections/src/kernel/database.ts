import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';

export type ReadModelDatabase = Database.Database;
export type Statement<P extends unknown[], R = unknown> = Database.Statement<P, R>;

/** The file of read models in the data directory. It may be thrown away: everything in it can be rebuilt. */
const READ_MODEL_FILE = 'read-model.db';

/** Raise where tables or their meaning change: an older file is thrown away and rebuilt. */
const VERSION = 5;

const SCHEMA = `
  create table if not exists checkpoint(
    name text primary key, next integer not null, failed text
  ) strict, without rowid;
  create table if not exists book(
    id integer primary key, stream text not null unique
  ) strict;
  create table if not exists log(origin text primary key) strict, without rowid;`;

/**
 * Opens the read models of a directory, or in memory where there is none. Those of another log than the one
 * with this origin are thrown away: the directory may be that of a node that was given another store.
 */
export function openReadModel(directory: string | undefined, origin: string): ReadModelDatabase {
  if (directory === undefined) return prepared(new Database(':memory:'), origin)!;
  mkdirSync(directory, { recursive: true });
  const file = join(directory, READ_MODEL_FILE);
  let db: ReadModelDatabase | undefined;
  try {
    db = new Database(file, { timeout: 10_000 });
    const version = db.pragma('user_version', { simple: true });
    const ready = version === VERSION || version === 0 ? prepared(db, origin) : undefined;
    if (ready) return ready;
  } catch (error) {
    db?.close();
    if (!isDamage(error)) throw error;
  }
  db?.close();
  removeReadModel(directory);
  return prepared(new Database(file, { timeout: 10_000 }), origin)!;
}

/** Opens the read models for `use`; a damaged file is only a lost cache, and is made anew once. */
export function withReadModel<T>(
  directory: string | undefined,
  origin: string,
  use: (db: ReadModelDatabase) => T,
): T {
  const attempt = () => {
    const db = openReadModel(directory, origin);
    try {
      return use(db);
    } catch (error) {
      db.close();
      throw error;
    }
  };
  try {
    return attempt();
  } catch (error) {
    if (directory === undefined || !isDamage(error)) throw error;
    removeReadModel(directory);
    return attempt();
  }
}

/** Anything else, like a full disk, is the caller's to know. SQLITE_ERROR: a table is not the one that was made. */
const isDamage = (error: unknown): boolean =>
  ['SQLITE_CORRUPT', 'SQLITE_NOTADB', 'SQLITE_ERROR'].includes(
    String((error as { code?: unknown }).code),
  );

function removeReadModel(directory: string): void {
  for (const suffix of ['', '-wal', '-shm'])
    rmSync(join(directory, READ_MODEL_FILE) + suffix, { force: true });
}

/** Ready for use; undefined where the read models are of another log. */
function prepared(db: ReadModelDatabase, origin: string): ReadModelDatabase | undefined {
  db.pragma('journal_mode = WAL');
  // a lost last page is read again from the log: no sync per commit is needed
  db.pragma('synchronous = NORMAL');
  db.pragma('cache_size = -32768');
  db.pragma('temp_store = memory');
  db.exec(SCHEMA);
  db.prepare('insert into log select ? where not exists (select 1 from log)').run(origin);
  db.pragma(`user_version = ${VERSION}`);
  return db.prepare('select 1 from log where origin = ?').get(origin) ? db : undefined;
}
