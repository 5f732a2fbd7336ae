import type Database from 'better-sqlite3';

/**
 * The second half of an erasure. Deleting with secure_delete overwrites a row where it lies, but not copies that
 * the splitting of pages has left in their free space, nor older pages in the WAL. So the file is written anew
 * and the WAL cut to nothing. A note in the database tells a process that comes later where one was cut off.
 */
const NOTE = 'sweep-due';

/** Within the transaction that deletes. */
export function dueSweep(db: Database.Database): void {
  db.prepare("insert or replace into meta values (?, x'')").run(NOTE);
}

export const isSweepDue = (db: Database.Database): boolean =>
  db.prepare('select 1 from meta where key = ?').get(NOTE) !== undefined;

/** Throws an error of SQLite; `SQLITE_BUSY` where another process holds the file longer than the timeout. */
export function sweep(db: Database.Database): void {
  db.exec('vacuum');
  const [checkpoint] = db.pragma('wal_checkpoint(truncate)') as { readonly busy: number }[];
  if (checkpoint?.busy !== 0)
    throw Object.assign(new Error('another process holds the vault'), { code: 'SQLITE_BUSY' });
  db.prepare('delete from meta where key = ?').run(NOTE);
}
