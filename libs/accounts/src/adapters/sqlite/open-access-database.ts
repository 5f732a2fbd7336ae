import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { LedgerRefusal, type Sentence } from '#domain';
import { ACCESS_STORE } from '../../sentences.js';

export type AccessDatabase = Database.Database;

const FILE_NAME = 'access.db';
const VERSION = 1;
const BUSY_TIMEOUT_MS = 3000;
const OWNER_ONLY = 0o600;

const SCHEMA = `
  create table if not exists password(
    account text primary key, hash text not null, one_time_until integer
  ) strict, without rowid;
  create table if not exists session(
    key text primary key, account text not null, revision integer not null,
    limited integer not null, began_at integer not null, seen_at integer not null
  ) strict, without rowid;
  create index if not exists session_of_account on session(account);
  create table if not exists token(
    key text primary key, account text not null, token text not null unique
  ) strict, without rowid;
  create table if not exists attempt(
    key text primary key, count integer not null, blocked_until integer not null, at integer not null
  ) strict, without rowid;
  create index if not exists attempt_by_age on attempt(at);
  create table if not exists setup(one integer primary key check(one = 1), key text not null) strict;
  create table if not exists pending_login(
    key text primary key, issuer text not null, verifier text not null, nonce text not null,
    return_to text not null, until integer not null
  ) strict, without rowid;
  create index if not exists pending_by_end on pending_login(until);`;

/**
 * Opens the file of secrets of a data directory, readable by its owner only; in memory where there is none.
 * Throws LedgerRefusal `store-unavailable`.
 */
export function openAccessDatabase(directory: string | undefined): AccessDatabase {
  let db: AccessDatabase | undefined;
  try {
    if (directory !== undefined) mkdirSync(directory, { recursive: true, mode: 0o700 });
    const file = directory === undefined ? ':memory:' : join(directory, FILE_NAME);
    db = new Database(file, { timeout: BUSY_TIMEOUT_MS });
    // before anything is in it; its journals get the mode of the file
    if (directory !== undefined) chmodSync(file, OWNER_ONLY);
    db.pragma('journal_mode = WAL');
    // a password that was changed must not come back after a power cut
    db.pragma('synchronous = FULL');
    db.pragma('secure_delete = ON');
    const version = db.pragma('user_version', { simple: true });
    if (version !== 0 && version !== VERSION)
      throw unavailable(
        ACCESS_STORE.otherSchema({ file, schema: String(version), known: VERSION }),
      );
    db.exec(SCHEMA);
    db.pragma(`user_version = ${VERSION}`);
    return db;
  } catch (error) {
    db?.close();
    if (error instanceof LedgerRefusal) throw error;
    throw unavailable(
      ACCESS_STORE.notOpened({ place: String(directory), fault: (error as Error).message }),
    );
  }
}

const unavailable = (sentence: Sentence) => LedgerRefusal.of('store-unavailable', sentence);
