import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { LedgerRefusal, type Sentence } from '#domain';
import { makeDirectory, makeDurable, mustBeDurable } from './open-database.js';
import { VAULT } from '../../sentences/store.js';

export interface SqliteVaultOptions {
  /** The data directory; made where it is missing. */
  readonly directory: string;
  /** How long to wait for another process that is writing. */
  readonly busyTimeoutMs?: number;
  /** Told, once, that after an error of the disk no write will be taken any more. */
  readonly onFailure?: (reason: string) => void;
}

const FILE_NAME = 'vault.db';
const SCHEMA_VERSION = '1';
const BUSY_TIMEOUT_MS = 3000;
const SECRET_BYTES = 32;

// keys apart from what they open: where only the first table is lost or withheld, nothing can be read
const SCHEMA = `
  create table if not exists meta(key text primary key, value blob not null) strict;
  create table if not exists subject_key(
    subject text primary key, key blob not null
  ) strict, without rowid;
  create table if not exists subject(
    subject text primary key,
    lookup blob not null unique,
    salt blob not null,
    nonce blob not null,
    value blob not null
  ) strict, without rowid;`;

/**
 * Opens the vault's database so that a commit is durable and what is deleted is overwritten. `secret` is the key
 * of the lookups. Throws a LedgerRefusal `store-unavailable` where it cannot be had.
 */
export function openVault(options: SqliteVaultOptions): { db: Database.Database; secret: Buffer } {
  let db: Database.Database | undefined;
  try {
    makeDirectory(options.directory);
    db = new Database(join(options.directory, FILE_NAME), {
      timeout: options.busyTimeoutMs ?? BUSY_TIMEOUT_MS,
    });
    makeDurable(db);
    db.pragma('secure_delete = ON');
    // the copy that VACUUM makes has every key in it
    db.pragma('temp_store = memory');
    const secret = writeMeta(db);
    mustBeDurable(db, VAULT.itself());
    if (db.pragma('secure_delete', { simple: true }) !== 1) throw unavailable(VAULT.keepsErased());
    return { db, secret };
  } catch (error) {
    db?.close();
    if (error instanceof LedgerRefusal) throw error;
    throw unavailable(
      VAULT.notOpened({ place: options.directory, fault: (error as Error).message }),
    );
  }
}

const unavailable = (sentence: Sentence) => LedgerRefusal.of('store-unavailable', sentence);

function writeMeta(db: Database.Database): Buffer {
  const write = db.transaction(() => {
    db.exec(SCHEMA);
    const add = db.prepare<[string, Buffer]>('insert or ignore into meta values(?, ?)');
    add.run('schema', Buffer.from(SCHEMA_VERSION));
    add.run('secret', randomBytes(SECRET_BYTES));
    // a write even where all was there: a vault that can't be written must be known at the start
    db.prepare("update meta set value = value where key = 'schema'").run();
    return new Map(db.prepare<[], [string, Buffer]>('select key, value from meta').raw().all());
  });
  const meta = write.immediate();
  const schema = meta.get('schema')!.toString();
  if (schema !== SCHEMA_VERSION)
    throw unavailable(VAULT.otherSchema({ schema: String(schema), known: SCHEMA_VERSION }));
  return meta.get('secret')!;
}
