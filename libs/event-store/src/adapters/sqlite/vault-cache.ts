import type Database from 'better-sqlite3';
import { LRUCache } from 'lru-cache';
import type { SealedPayee } from '#domain';

const MOST_CACHED = 20_000;

/** What a process remembers of its vault, for as long as no other process changes that. */
export class VaultCache {
  readonly byName = new LRUCache<string, SealedPayee>({ max: MOST_CACHED });
  readonly bySubject = new LRUCache<string, string>({ max: MOST_CACHED });
  readonly #dataVersion: Database.Statement<[], number>;
  #version: number;
  #mayBeStale = true;

  constructor(db: Database.Database) {
    this.#dataVersion = db.prepare<[], number>('pragma data_version').pluck();
    this.#version = this.#dataVersion.get()!;
  }

  /** Another process may have erased what is remembered here. Looked up once in a turn of the event loop. */
  refresh(): void {
    if (!this.#mayBeStale) return;
    const version = this.#dataVersion.get()!;
    if (version !== this.#version) this.clear();
    this.#version = version;
    this.#mayBeStale = false;
    setImmediate(() => (this.#mayBeStale = true));
  }

  clear(): void {
    this.byName.clear();
    this.bySubject.clear();
  }
}
