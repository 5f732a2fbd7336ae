import { chmodSync } from 'node:fs';
import type Database from 'better-sqlite3';
import type { SealedPayee } from '#domain';
import { StoreUnavailable } from '../../event-store.js';
import type { Disclosure, MovableVault, SealedNames, Subject } from '../../vault/vault.js';
import { copyLog } from './copy-log.js';
import { openVault, type SqliteVaultOptions } from './open-vault.js';
import { isInDoubt, sqliteCodeOf } from './sqlite-code.js';
import { dueSweep, isSweepDue, sweep } from './sweep-vault.js';
import { VaultCache } from './vault-cache.js';
import { VaultRows } from './vault-rows.js';
import type { Sentence } from '#domain';
import { VAULT } from '../../sentences/store.js';

interface Waiting {
  readonly names: readonly string[];
  readonly resolve: (sealed: SealedNames) => void;
  readonly reject: (error: Error) => void;
}

const CHECKPOINT_AFTER_COMMITS = 512;

/** The vault on one SQLite file, `vault.db`, which several processes may have open. */
export class SqliteVault implements MovableVault {
  readonly #db: Database.Database;
  readonly #rows: VaultRows;
  readonly #cache: VaultCache;
  #waiting: Waiting[] = [];
  #scheduled = false;
  #commits = 0;
  #failure: Sentence | undefined;

  /** Opens or makes the vault. Throws a LedgerRefusal `store-unavailable` where it could not be durable. */
  constructor(private readonly options: SqliteVaultOptions) {
    const { db, secret } = openVault(options);
    this.#db = db;
    this.#rows = new VaultRows(db, secret);
    this.#cache = new VaultCache(db);
    if (isSweepDue(db)) this.#finishErasure();
  }

  seal(names: readonly string[]): SealedNames | Promise<SealedNames> {
    const sealed = new Map<string, SealedPayee>();
    for (const name of names) {
      const found = this.find(name);
      if (found) sealed.set(name, found);
    }
    if (names.every((name) => sealed.has(name))) return sealed;
    if (this.#failure !== undefined)
      return Promise.reject(new StoreUnavailable(this.#failure, 'not-stored'));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ names, resolve, reject });
      this.#schedule();
    });
  }

  find(name: string): SealedPayee | undefined {
    return this.#read(() => {
      const known = this.#cache.byName.get(name) ?? this.#rows.find(name);
      if (known) this.#cache.byName.set(name, known);
      return known;
    });
  }

  nameOf(subject: string): string | undefined {
    return this.#read(() => {
      const known = this.#cache.bySubject.get(subject) ?? this.#rows.disclose(subject)?.value;
      if (known !== undefined) this.#cache.bySubject.set(subject, known);
      return known;
    });
  }

  disclose(subject: string): Disclosure | undefined {
    return this.#read(() => this.#rows.disclose(subject));
  }

  async erase(subject: string): Promise<boolean> {
    this.#flush();
    const wasThere = this.#write(() => {
      dueSweep(this.#db);
      return this.#rows.remove(subject);
    });
    this.#cache.clear();
    try {
      sweep(this.#db);
    } catch (error) {
      throw this.#failed(error, VAULT.tracesLeft);
    }
    return wasThere;
  }

  subjects(): readonly string[] {
    return this.#read(() => this.#rows.subjects());
  }

  async take(subjects: readonly Subject[]): Promise<readonly string[]> {
    this.#flush();
    return this.#write(() => subjects.filter((s) => !this.#takeOne(s)).map((s) => s.subject));
  }

  /** Answers whether the vault has the subject now as it is given. */
  #takeOne({ subject, salt, value }: Subject): boolean {
    const before = this.#rows.disclose(subject);
    if (before) return before.salt === salt && before.value === value;
    if (this.#rows.find(value)) return false;
    this.#rows.insert(subject, value, Buffer.from(salt, 'hex'));
    return true;
  }

  /** Copies the vault into a new file that only its owner may read. Throws a LedgerRefusal where it is there already. */
  async backup(out: string): Promise<void> {
    this.#mustBeOpen();
    await copyLog(this.#db.name, out);
    chmodSync(out, 0o600);
  }

  close(): void {
    if (!this.#db.open) return;
    this.#flush();
    this.#db.close();
    this.#cache.clear();
  }

  /** What is asked for in one turn of the event loop shares one flush to the disk. */
  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#flush();
    });
  }

  #flush(): void {
    const waiting = this.#waiting;
    if (waiting.length === 0) return;
    this.#waiting = [];
    try {
      const names = new Set(waiting.flatMap((w) => w.names));
      // looked up anew: another process may have written one, or erased one, since
      const sealed = this.#write(
        () =>
          new Map([...names].map((name) => [name, this.#rows.find(name) ?? this.#rows.add(name)])),
      );
      for (const [name, payee] of sealed) this.#cache.byName.set(name, payee);
      for (const { resolve } of waiting) resolve(sealed);
    } catch (error) {
      for (const { reject } of waiting) reject(error as Error);
    }
  }

  #read<T>(read: () => T): T {
    this.#mustBeOpen();
    try {
      this.#cache.refresh();
      return read();
    } catch (error) {
      throw new StoreUnavailable(
        VAULT.unreadable({ fault: (error as Error).message }),
        'not-stored',
        { cause: error },
      );
    }
  }

  #write<T>(write: () => T): T {
    this.#mustBeOpen();
    if (this.#failure !== undefined) throw new StoreUnavailable(this.#failure, 'not-stored');
    try {
      const written = this.#db.transaction(write).immediate();
      if (++this.#commits % CHECKPOINT_AFTER_COMMITS === 0)
        this.#db.pragma('wal_checkpoint(passive)');
      return written;
    } catch (error) {
      throw this.#failed(error, VAULT.unwritable);
    }
  }

  /** An error as the port's; after one of the disk nothing is written any more, for the next may lie. */
  #failed(error: unknown, say: typeof VAULT.unwritable): StoreUnavailable {
    const { message: fault } = error as Error;
    if (isInDoubt(sqliteCodeOf(error)) && this.#failure === undefined) {
      this.#failure = VAULT.noMoreWrites({ fault });
      this.options.onFailure?.(this.#failure.in('en'));
    }
    return new StoreUnavailable(say({ fault }), 'not-stored', { cause: error });
  }

  /** What an earlier process did not; where another holds the file up, the next opening tries again. */
  #finishErasure(): void {
    try {
      sweep(this.#db);
    } catch (error) {
      if (sqliteCodeOf(error) === 'SQLITE_BUSY') return;
      this.#db.close();
      throw this.#failed(error, VAULT.erasureUnfinished);
    }
  }

  #mustBeOpen(): void {
    if (!this.#db.open) throw new StoreUnavailable(VAULT.closed(), 'not-stored');
  }
}
