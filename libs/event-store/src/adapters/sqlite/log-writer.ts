import type Database from 'better-sqlite3';
import { StoreUnavailable, type Appended } from '../../event-store.js';
import { AppendBatch, isRefused, type Append, type Judged } from './append-batch.js';
import { isInDoubt, sqliteCodeOf } from './sqlite-code.js';
import type { Sentence } from '#domain';
import { STORE } from '../../sentences/store.js';

interface Waiting extends Append {
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: Error) => void;
}

interface Listeners {
  readonly committed: (size: number) => void;
  readonly failed: ((reason: string) => void) | undefined;
}

const MOST_EVENTS_PER_COMMIT = 512;
const MOST_EVENTS_WAITING = 10_000;
/** A checkpoint is due after this many of either: the WAL stays at about 10 MB. */
const CHECKPOINT_AFTER = { events: 4096, commits: 512 };

/**
 * Group commit: what is appended in one turn of the event loop, or while a commit blocks it, shares the
 * next transaction and so one flush to the disk. An append is answered only after that.
 */
export class LogWriter {
  commits = 0;
  /** Why this process must not write any more, once an I/O error has left the disk's state in doubt. */
  failure: Sentence | undefined;
  #waiting: Waiting[] = [];
  #waitingEvents = 0;
  #scheduled = false;
  #sinceCheckpoint = { events: 0, commits: 0 };
  readonly #batch: AppendBatch;
  readonly #begin: Database.Statement<[]>;
  readonly #commit: Database.Statement<[]>;
  readonly #rollback: Database.Statement<[]>;

  constructor(
    private readonly db: Database.Database,
    private readonly listeners: Listeners,
  ) {
    this.#batch = new AppendBatch(db);
    this.#begin = db.prepare('begin immediate');
    this.#commit = db.prepare('commit');
    this.#rollback = db.prepare('rollback');
  }

  append(append: Append): Promise<Appended> {
    if (append.events.length === 0)
      return Promise.reject(new TypeError('an append needs at least one event'));
    if (this.failure !== undefined)
      return Promise.reject(new StoreUnavailable(this.failure, 'not-stored'));
    // the bound is on what piles up: one append is as long as its caller has made it
    if (this.#waitingEvents > 0 && this.#waitingEvents + append.events.length > MOST_EVENTS_WAITING)
      return Promise.reject(
        new StoreUnavailable(STORE.queueFull({ count: this.#waitingEvents }), 'not-stored'),
      );
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ...append, resolve, reject });
      this.#waitingEvents += append.events.length;
      this.#schedule();
    });
  }

  /** Commits everything that waits. */
  flush(): void {
    while (this.#waiting.length > 0) this.#commitNext();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    // an immediate runs after all that this turn of the event loop still brings in
    setImmediate(() => {
      this.#scheduled = false;
      try {
        if (this.#waiting.length > 0) this.#commitNext();
      } finally {
        // even where a listener threw: what waits must be answered
        if (this.#waiting.length > 0) this.#schedule();
      }
    });
  }

  #commitNext(): void {
    const batch = this.#take();
    if (this.failure !== undefined) {
      this.#rejectAll(batch, new StoreUnavailable(this.failure, 'not-stored'));
      return;
    }
    let phase: 'writing' | 'committing' = 'writing';
    let judged: Judged[];
    try {
      this.#begin.run();
      judged = this.#batch.write(batch);
      if (judged.every(isRefused)) this.#rollback.run();
      else {
        phase = 'committing';
        this.#commit.run();
        this.commits++;
      }
    } catch (error) {
      this.#rejectAll(batch, this.#failed(error as Error, phase));
      return;
    }
    this.#answer(batch, judged);
  }

  #take(): Waiting[] {
    let count = 0;
    let events = 0;
    for (const { events: of } of this.#waiting) {
      if (count > 0 && events + of.length > MOST_EVENTS_PER_COMMIT) break;
      count++;
      events += of.length;
    }
    this.#waitingEvents -= events;
    return this.#waiting.splice(0, count);
  }

  #answer(batch: readonly Waiting[], judged: readonly Judged[]): void {
    let size = 0;
    batch.forEach(({ resolve, reject, events }, i) => {
      const of = judged[i]!;
      if (isRefused(of)) return reject(of);
      size = of.index + 1;
      this.#sinceCheckpoint.events += events.length;
      resolve(of);
    });
    if (size === 0) return;
    this.#sinceCheckpoint.commits++;
    this.#checkpointWhenDue();
    this.listeners.committed(size);
  }

  #rejectAll(batch: readonly Waiting[], error: StoreUnavailable): void {
    for (const { reject } of batch) reject(error);
  }

  /** Undoes a failed transaction and says what is known of it. */
  #failed(error: Error, phase: 'writing' | 'committing'): StoreUnavailable {
    try {
      if (this.db.inTransaction) this.#rollback.run();
    } catch {
      // without a commit record the events are not there, whether or not SQLite could tidy up
    }
    const code = sqliteCodeOf(error);
    if (isInDoubt(code)) this.#refuseFromNowOn(error.message);
    // without its commit record a transaction is no part of the log; after a failed flush it may be
    const known = phase === 'writing' || code === 'SQLITE_FULL' || code === 'SQLITE_BUSY';
    return new StoreUnavailable(sentenceFor(code, error), known ? 'not-stored' : 'unknown', {
      cause: error,
    });
  }

  #refuseFromNowOn(fault: string): void {
    if (this.failure !== undefined) return;
    this.failure = STORE.noMoreWrites({ fault });
    this.listeners.failed?.(this.failure.in('en'));
  }

  #checkpointWhenDue(): void {
    const { events, commits } = this.#sinceCheckpoint;
    if (events < CHECKPOINT_AFTER.events && commits < CHECKPOINT_AFTER.commits) return;
    this.#sinceCheckpoint = { events: 0, commits: 0 };
    // after the answers, which need not wait for it
    setImmediate(() => this.#checkpoint());
  }

  #checkpoint(): void {
    if (!this.db.open || this.failure !== undefined) return;
    try {
      this.db.pragma('wal_checkpoint(passive)');
    } catch (error) {
      // all events are safe in the WAL still; but after a failed flush the next one may lie
      if (isInDoubt(sqliteCodeOf(error))) this.#refuseFromNowOn((error as Error).message);
    }
  }
}

function sentenceFor(code: string, error: Error): Sentence {
  if (code === 'SQLITE_BUSY') return STORE.busy();
  if (code === 'SQLITE_FULL') return STORE.diskFull();
  return STORE.unwritable({ fault: error.message });
}
