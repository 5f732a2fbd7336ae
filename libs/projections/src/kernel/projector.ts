import { createHash } from 'node:crypto';
import { LedgerRefusal, movementsOf } from '#domain';
import { decodeEvent, isSystemEvent, type StoredEvent } from '#event-store';
import { BookNumbers } from './book-numbers.js';
import type { ReadModelDatabase, Statement } from './database.js';
import type { LogSource } from './log-of-streams.js';
import type { LogEvent, Projection, ProjectionWriter, StoredLeaf } from './projection.js';
import { ASKING } from '../sentences/asking.js';

export interface ProjectionStatus {
  readonly name: string;
  /** The index of the event that it takes next: how many it has taken. */
  readonly next: number;
  /** Why it stopped, where it met an event that it could not take. The others go on. */
  readonly failed?: string;
}

interface Running {
  readonly projection: Projection;
  readonly writer: ProjectionWriter;
}

/** Called as a catch-up goes on: events taken, and events in the log. */
export type Progress = (done: number, total: number) => void;

const PAGE = 1024;
const POLL_MS = 250;

/**
 * Brings the read models up to the log, page by page, each page in one transaction: every projection in a
 * savepoint of its own, so that rows and checkpoint move together and one that fails stops alone.
 */
export class Projector {
  readonly books: BookNumbers;
  readonly #running: readonly Running[];
  readonly #move: Statement<[number, string, number]>;
  readonly #fail: Statement<[string, string]>;
  readonly #status: Statement<[], { name: string; next: number; failed: string | null }>;
  #turn: Promise<unknown> = Promise.resolve();
  readonly #waiting = new Set<() => void>();

  constructor(
    private readonly store: LogSource,
    private readonly db: ReadModelDatabase,
    projections: readonly Projection[],
  ) {
    this.books = new BookNumbers(db);
    const add = db.prepare<[string]>('insert or ignore into checkpoint(name, next) values (?, 0)');
    for (const p of projections) {
      db.exec(p.schema);
      add.run(p.name);
    }
    this.#running = projections.map((projection) => ({
      projection,
      writer: projection.writer(db),
    }));
    this.#move = db.prepare('update checkpoint set next = ? where name = ? and next = ?');
    this.#fail = db.prepare('update checkpoint set failed = ? where name = ?');
    this.#status = db.prepare('select name, next, failed from checkpoint order by name');
  }

  status(): readonly ProjectionStatus[] {
    const own = new Set(this.#running.map((r) => r.projection.name));
    return this.#status
      .all()
      .filter((s) => own.has(s.name))
      .map(({ name, next, failed }) => ({ name, next, ...(failed !== null && { failed }) }));
  }

  /** How many events of the log all working projections have taken. */
  position(): number {
    const working = this.status().filter((s) => s.failed === undefined);
    return working.length ? Math.min(...working.map((s) => s.next)) : 0;
  }

  /** Throws LedgerRefusal `projection-failed` where one has stopped: what it shows is not all there is. */
  mustWork(...names: readonly string[]): void {
    const stopped = this.status().find((s) => s.failed !== undefined && names.includes(s.name));
    if (stopped)
      throw LedgerRefusal.of('projection-failed', ASKING.stopped({ fault: stopped.failed! }));
  }

  /** How many events one projection has taken; none where it is not run here. */
  positionOf(name: string): number {
    return this.status().find((s) => s.name === name)?.next ?? 0;
  }

  /** Takes all that is in the log now; answers the position reached. One at a time, in turn. */
  catchUp(onProgress?: Progress): Promise<number> {
    const turn = this.#turn.then(() => this.#catchUp(onProgress));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /** Resolves once no catch-up is under way. */
  async idle(): Promise<void> {
    await this.#turn;
  }

  async #catchUp(onProgress?: Progress): Promise<number> {
    for (;;) {
      const from = this.position();
      const page = await this.store.readLog(from, PAGE);
      if (page.length === 0) return from;
      this.#takePage(page);
      if (onProgress) onProgress(this.position(), await this.store.size());
      for (const wake of this.#waiting) wake();
      if (this.#running.length === this.status().filter((s) => s.failed !== undefined).length)
        return this.position();
    }
  }

  #takePage(page: readonly StoredEvent[]): void {
    const take = this.db.transaction(() => {
      const events: (LogEvent | StoredLeaf)[] = [];
      let undecodable: string | undefined;
      for (const stored of page)
        try {
          events.push(isSystemEvent(stored) ? stored : this.#decoded(stored));
        } catch (error) {
          undecodable = (error as Error).message;
          break;
        }
      const next = new Map(this.status().map((s) => [s.name, s]));
      for (const running of this.#running) {
        const { name } = running.projection;
        const status = next.get(name)!;
        if (status.failed !== undefined) continue;
        const failed = this.#feed(running, events, status.next) ?? undecodable;
        if (failed !== undefined) this.#fail.run(failed, name);
      }
    });
    try {
      take.immediate();
    } catch (error) {
      for (const { writer } of this.#running) writer.reset();
      this.books.forget();
      throw error;
    }
  }

  #decoded(stored: StoredEvent): LogEvent {
    const { index, envelope } = stored;
    const { event, revision, commandId, date } = decodeEvent(stored);
    const book = this.books.numberOf(stored.stream);
    const movements = movementsOf(event);
    return { index, envelope, book, revision, commandId, date, event, movements };
  }

  /** Feeds one projection; answers why it failed, after it kept what came before the failing event. */
  #feed(
    running: Running,
    events: readonly (LogEvent | StoredLeaf)[],
    from: number,
  ): string | undefined {
    const failure = this.#tryFeed(running, events, from);
    if (!failure) return undefined;
    const before = events.slice(0, failure.at);
    const again = this.#tryFeed(running, before, from);
    return again ? again.message : failure.message;
  }

  #tryFeed(
    { projection, writer }: Running,
    events: readonly (LogEvent | StoredLeaf)[],
    from: number,
  ): { at: number; message: string } | undefined {
    let at = 0;
    const feed = this.db.transaction(() => {
      for (; at < events.length; at++) {
        const event = events[at]!;
        if (event.index < from) continue;
        if ('movements' in event) writer.apply(event);
        writer.take?.(event);
      }
      writer.flush();
      const last = events.at(-1);
      if (!last || last.index < from) return;
      // compare and set: had another process moved it meanwhile, these rows would be there twice
      if (this.#move.run(last.index + 1, projection.name, from).changes !== 1)
        throw new Error(`checkpoint of ${projection.name} moved from ${from} under a transaction`);
    });
    try {
      feed();
      return undefined;
    } catch (error) {
      writer.reset();
      const index = events[at]?.index ?? from;
      return {
        at: Math.min(at, Math.max(events.length - 1, 0)),
        message: `projection ${projection.name} stopped at event ${index}: ${(error as Error).message}`,
      };
    }
  }

  /** Keeps up with the log, also with what other processes write, until it is told to stop. */
  follow(onError: (error: unknown) => void): () => void {
    let stopped = false;
    const run = () => {
      if (!stopped) this.catchUp().catch(onError);
    };
    const forget = this.store.onAppended(run);
    const timer = setInterval(run, POLL_MS);
    timer.unref();
    run();
    return () => {
      stopped = true;
      forget();
      clearInterval(timer);
    };
  }

  /** Calls back whenever events were taken; answers how to stop. */
  onTaken(listener: () => void): () => void {
    this.#waiting.add(listener);
    return () => void this.#waiting.delete(listener);
  }

  /** Waits until `position` events are taken. Throws LedgerRefusal `projection-behind` after the time. */
  async waitFor(position: number, timeoutMs: number): Promise<void> {
    if (this.position() >= position) return;
    await new Promise<void>((resolve, reject) => {
      const check = () => {
        if (this.position() < position) return;
        done();
        resolve();
      };
      const done = () => {
        clearTimeout(timer);
        this.#waiting.delete(check);
      };
      const timer = setTimeout(() => {
        done();
        reject(
          LedgerRefusal.of(
            'projection-behind',
            ASKING.notCaughtUp({ at: this.position(), asked: position, ms: timeoutMs }),
          ),
        );
      }, timeoutMs);
      this.#waiting.add(check);
    });
  }

  /** SHA-256 over every row of every read model: equal for equal logs, however they were taken. */
  digest(): string {
    const hash = createHash('sha256');
    // a column under another name shows nothing in the rows and hides it from whoever asks
    const tables = this.db.prepare('select name, sql from sqlite_schema order by name').raw();
    hash.update(JSON.stringify(tables.all()));
    for (const { projection } of this.#running)
      for (const table of projection.tables) {
        hash.update(`${table}\n`);
        // in the order of the primary key, which says nothing of how the rows came
        for (const row of this.db.prepare(`select * from ${table}`).raw().iterate())
          hash.update(`${JSON.stringify(row)}\n`);
      }
    return hash.digest('hex');
  }

  /** Throws projections away, all or one, and reads the log again from its start. */
  async rebuild(only: string | undefined, onProgress?: Progress): Promise<number> {
    const chosen = this.#running.filter((r) => only === undefined || r.projection.name === only);
    if (chosen.length === 0)
      throw LedgerRefusal.of(
        'invalid-query',
        ASKING.noProjection({
          name: only!,
          known: this.#running.map((r) => r.projection.name),
        }),
      );
    const empty = this.db.transaction(() => {
      for (const { projection, writer } of chosen) {
        for (const table of projection.tables) this.db.exec(`delete from ${table}`);
        this.db
          .prepare('update checkpoint set next = 0, failed = null where name = ?')
          .run(projection.name);
        writer.reset();
      }
    });
    empty.immediate();
    return this.catchUp(onProgress);
  }
}
