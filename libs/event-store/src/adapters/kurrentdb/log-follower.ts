import { setTimeout as wait } from 'node:timers/promises';
import { StoreUnavailable, type Revision } from '../../event-store.js';
import type { Answer } from './answer.js';
import type { Connection } from './connection.js';
import { NoAnswer } from './failure.js';
import { isOfLog, ledgerRecord, LOG_PREFIXES } from './ledger-record.js';
import type { LogIndex } from './log-index.js';
import {
  comparePositions,
  readAllRequest,
  readLastRequest,
  subscribeRequest,
  type Position,
  type ServerRecord,
} from './protocol.js';
import { RevisionWaiters } from './revision-waiters.js';
import { SERVER } from '../../sentences/server.js';
import { STORE } from '../../sentences/store.js';
import type { Sentence } from '#domain';

const PAUSE_MS = { first: 20, most: 5000 };
const POLL_MS = 5;
const LOOK = 8;
const PROBE_MS = { least: 50, most: 2000 };

/**
 * Keeps the index of the log up with `$all` by one subscription, which begins again where the index is after
 * every error. Every so often it asks the leader what comes next; where that does not come by itself, the
 * subscription is stalled and begins again.
 */
export class LogFollower {
  readonly #waiting = new RevisionWaiters();
  readonly #stop = new AbortController();
  readonly #probeMs: number;
  #ending: Promise<unknown> = Promise.resolve();
  /** The end of the log when the subscription began, until the index is there. */
  #target: Position | undefined;
  #isKnown = false;
  /** The first event that the leader has and the index has not; since when. */
  #missing: { readonly position: Position; readonly since: number } | undefined;
  #cancel: (error: Error) => void = () => undefined;

  constructor(
    private readonly connection: Connection,
    private readonly index: LogIndex,
    /** Told the size of the log whenever events have come into the index. */
    private readonly grown: (size: number) => void,
  ) {
    const { least, most } = PROBE_MS;
    this.#probeMs = Math.max(least, Math.min(most, connection.deadlineMs / 5));
  }

  /**
   * Whether the index has had all that the log had when the subscription began, and lacks nothing that was there
   * two looks ago.
   */
  get caughtUp(): boolean {
    const late = this.#missing && performance.now() - this.#missing.since > this.#probeMs;
    return this.#isKnown && this.#target === undefined && !late;
  }

  /** Resolves once it has caught up. Rejects with NoAnswer where for three deadlines nothing has come. */
  async whenCaughtUp(): Promise<void> {
    let since = performance.now();
    for (let before = this.index.progress.size; !this.caughtUp;) {
      await wait(POLL_MS);
      const { size } = this.index.progress;
      if (size !== before) since = performance.now();
      before = size;
      if (performance.now() - since > 3 * this.connection.deadlineMs)
        throw new NoAnswer('nothing comes over the subscription');
    }
  }

  start(): void {
    this.#ending = Promise.all([this.#run(), this.#probe()]);
  }

  async close(): Promise<void> {
    this.#stop.abort();
    this.#cancel(new Error('closed'));
    this.#waiting.close();
    await this.#ending;
  }

  /**
   * Resolves once the index has the event of a stream at a revision. Rejects with StoreUnavailable of the given
   * outcome where that takes longer than the deadline of a call.
   */
  async waitFor(
    stream: string,
    revision: Revision,
    outcome: StoreUnavailable['outcome'],
  ): Promise<void> {
    if (this.#stop.signal.aborted) throw new StoreUnavailable(STORE.closed(), outcome);
    if (this.index.head(stream).revision >= revision) return;
    const { deadlineMs } = this.connection;
    const met = await this.#waiting.waitFor(stream, revision, deadlineMs);
    if (met === 'closed') throw new StoreUnavailable(STORE.closed(), outcome);
    if (met === 'late') throw new StoreUnavailable(this.#late(stream, revision), outcome);
  }

  #late(stream: string, revision: Revision): Sentence {
    return SERVER.behind({ stream, revision, address: this.connection.address });
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    for (let pauseMs = PAUSE_MS.first; !signal.aborted;) {
      const before = this.index.progress.position?.commit;
      // whatever it was: what the index has is whole, and the next subscription goes on from there
      await this.#follow().catch(() => undefined);
      this.#isKnown = false;
      const moved = this.index.progress.position?.commit !== before;
      pauseMs = moved ? PAUSE_MS.first : Math.min(2 * pauseMs, PAUSE_MS.most);
      await wait(pauseMs * (0.5 + Math.random()), undefined, { signal }).catch(() => undefined);
    }
  }

  /** One subscription, until it ends; rejects where it fails. */
  async #follow(): Promise<void> {
    const { signal } = this.#stop;
    const answers = await this.connection.subscribe(
      subscribeRequest(this.index.progress.position, LOG_PREFIXES),
    );
    await new Promise<void>((resolve, reject) => {
      let batch: ServerRecord[] = [];
      let position: Position | undefined;
      let isOver = false;
      const end = (error: Error) => {
        isOver = true;
        answers.cancel();
        reject(error);
      };
      const flush = () => {
        if (isOver || !position) return;
        const [records, to] = [batch, position];
        [batch, position] = [[], undefined];
        try {
          this.#apply(records, to);
        } catch (error) {
          end(error as Error);
        }
      };
      this.#cancel = end;
      answers.on('data', (answer: Answer) => {
        if (!answer.position) return;
        // what comes in one turn of the event loop is told of at once
        if (!position) setImmediate(flush);
        position = answer.position;
        if (answer.record) batch.push(answer.record);
      });
      answers.on('error', end);
      answers.on('end', () => {
        flush();
        resolve();
      });
      if (signal.aborted) end(new Error('the event store is closed'));
      else void this.#findEnd();
    });
  }

  /** Learns how far the log goes now, so that it is known when the index has all of it. */
  async #findEnd(): Promise<void> {
    try {
      this.#target = (await this.connection.readPage(readLastRequest(LOG_PREFIXES))).last;
      this.#isKnown = true;
      this.#passed();
    } catch (error) {
      this.#cancel(error as Error);
    }
  }

  #apply(records: readonly ServerRecord[], position: Position): void {
    const ofLog = records.filter(isOfLog).map(ledgerRecord);
    const size = this.index.apply(ofLog, position);
    this.#passed();
    if (ofLog.length > 0) this.grown(size);
    for (const { stream, revision } of ofLog) this.#waiting.reached(stream, revision);
  }

  #passed(): void {
    const { position } = this.index.progress;
    if (!position) return;
    if (this.#target && comparePositions(this.#target, position) <= 0) this.#target = undefined;
    if (this.#missing && comparePositions(this.#missing.position, position) <= 0)
      this.#missing = undefined;
  }

  async #probe(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      await wait(this.#probeMs, undefined, { signal, ref: false }).catch(() => undefined);
      const missing = this.#missing;
      if (missing && performance.now() - missing.since > 2 * this.#probeMs) {
        this.#missing = undefined;
        this.#cancel(new Error('the subscription is stalled'));
      } else if (!missing && this.#isKnown && !this.#target) {
        await this.#look().catch(() => undefined);
      }
    }
  }

  async #look(): Promise<void> {
    const from = this.index.progress.position;
    const isNew = (record: ServerRecord) => !from || comparePositions(record, from) > 0;
    // the event at the position itself is read again
    const next = (await this.connection.read(readAllRequest(from, LOG_PREFIXES, LOOK))).find(isNew);
    if (!next) return;
    this.#missing = { position: next, since: performance.now() };
    this.#passed();
  }
}
