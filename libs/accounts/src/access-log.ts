import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { LRUCache } from 'lru-cache';
import {
  appendSystemEvents,
  EMPTY_STREAM,
  leafHex,
  MemoryVault,
  parseEnvelope,
  StoreUnavailable,
  WrongRevision,
  type AccessEventData,
  type EventStore,
  type StreamHead,
} from '#event-store';
import { accessLogOrigin, Ledger } from '#projections';
import { networkOf } from './back-off.js';
import { ACCESS_STORE } from './sentences.js';

export type AccessEntry = AccessEventData['AccessRecorded'];

/** A line of the access log with where it stands in it and when it was written. */
export interface RecordedAccess extends AccessEntry {
  readonly index: number;
  readonly at: string;
}

export interface AccessQuery {
  /** First index; the newest page where it is left out. */
  readonly from?: number;
  readonly limit: number;
  readonly account?: string;
  readonly outcome?: AccessEntry['outcome'];
}

export interface AccessPage {
  readonly entries: readonly RecordedAccess[];
  readonly logSize: number;
  /** Where to go on, where there may be more. */
  readonly next?: number;
}

const STREAM = 'access';
const MOST_AT_ONCE = 256;
const MOST_WAITING = 10_000;
const MOST_RETRIES = 5;
/** A question about one account looks at this many lines, then says where to go on. */
const MOST_LOOKED_AT = 10_000;
const PAGE = 1000;
/** Denials of strangers are noted one by one up to here, for each network and minute; then counted. */
const STRANGERS = { most: 30, everyMs: 60_000, networks: 10_000 };

export const accessLogDirectory = (directory: string): string => join(directory, 'access-log');

/**
 * Who was denied what, and who read names of persons: an append-only log of its own, with the same chain, tree
 * and checkpoints as the ledger's, below the data directory.
 */
export class AccessLog {
  #head: StreamHead | undefined;
  #waiting: { entry: AccessEntry; resolve: () => void; reject: (error: unknown) => void }[] = [];
  #flushing = false;
  readonly #strangers = new LRUCache<string, { since: number; seen: number; leftOut: number }>({
    max: STRANGERS.networks,
  });

  private constructor(
    readonly ledger: Ledger,
    /** Milliseconds of the epoch. */
    private readonly now: () => number,
  ) {}

  /** Opens or makes it; in memory where no directory is given. Throws LedgerRefusal `store-unavailable`. */
  static async open(
    origin: string,
    directory: string | undefined,
    now: () => number,
    onFailure?: (reason: string) => void,
  ): Promise<AccessLog> {
    const ledger = await Ledger.open({
      origin: accessLogOrigin(origin),
      // no name is ever put there
      vault: new MemoryVault(),
      ...(directory !== undefined && { directory: accessLogDirectory(directory) }),
      ...(onFailure && { onFailure }),
    });
    return new AccessLog(ledger, now);
  }

  /** Resolves once the line is durable. Rejects with StoreUnavailable. */
  record(entry: AccessEntry): Promise<void> {
    const counted = entry.account === null ? this.#counted(entry) : entry;
    if (!counted) return Promise.resolve();
    if (this.#waiting.length >= MOST_WAITING)
      return Promise.reject(
        new StoreUnavailable(ACCESS_STORE.logQueueFull({ count: MOST_WAITING }), 'not-stored'),
      );
    return new Promise((resolve, reject) => {
      this.#waiting.push({ entry: counted, resolve, reject });
      if (!this.#flushing) void this.#flush();
    });
  }

  /** Many denials of a stranger become few lines that say how many were left out, so that none fills the disk. */
  #counted(entry: AccessEntry): AccessEntry | undefined {
    const network = networkOf(entry.remote);
    const now = this.now();
    let strange = this.#strangers.get(network) ?? { since: now, seen: 0, leftOut: 0 };
    if (now - strange.since >= STRANGERS.everyMs) strange = { ...strange, since: now, seen: 0 };
    const isOver = strange.seen >= STRANGERS.most;
    const { leftOut } = strange;
    this.#strangers.set(network, {
      since: strange.since,
      seen: strange.seen + 1,
      leftOut: isOver ? leftOut + 1 : 0,
    });
    if (isOver) return undefined;
    return leftOut > 0 ? { ...entry, leftOut } : entry;
  }

  /** Appends what waits, many lines at a time, each sealed on the one before. */
  async #flush(): Promise<void> {
    this.#flushing = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, MOST_AT_ONCE);
      try {
        await this.#append(batch.map(({ entry }) => entry));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.#flushing = false;
  }

  async #append(entries: readonly AccessEntry[]): Promise<void> {
    const { store } = this.ledger;
    const events = entries.map((data) => ({ type: 'AccessRecorded', data }) as const);
    const recording = { actor: 'fiscal', recordedAt: new Date(this.now()).toISOString() };
    for (let retries = 0; ; retries++) {
      this.#head ??= await headOf(store);
      try {
        const { index } = await appendSystemEvents(
          store,
          this.#head,
          events,
          randomUUID(),
          recording,
        );
        const [last] = await store.readLog(index, 1);
        this.#head = last && { revision: last.revision, leaf: leafHex(last.envelope) };
        return;
      } catch (error) {
        this.#head = undefined; // another process may write the same log
        if (!(error instanceof WrongRevision) || retries === MOST_RETRIES) throw error;
      }
    }
  }

  async read({ from, limit, account, outcome }: AccessQuery): Promise<AccessPage> {
    const logSize = await this.ledger.store.size();
    const entries: RecordedAccess[] = [];
    const start = from ?? Math.max(0, logSize - limit);
    let at = start;
    while (at < logSize && entries.length < limit && at - start < MOST_LOOKED_AT) {
      const page = await this.ledger.store.readLog(at, PAGE);
      for (const { index, stream, envelope, payload } of page) {
        if (entries.length === limit) break;
        at = index + 1;
        if (stream !== STREAM) continue;
        const entry = JSON.parse(payload) as AccessEntry;
        if (account !== undefined && entry.account !== account) continue;
        if (outcome !== undefined && entry.outcome !== outcome) continue;
        entries.push({ index, at: parseEnvelope(envelope).recordedAt, ...entry });
      }
    }
    return { entries, logSize, ...(at < logSize && { next: at }) };
  }

  async close(): Promise<void> {
    await this.ledger.close();
  }
}

/** The end of the stream, found by halving: the log may be long and nobody has to read it for that. */
async function headOf(store: EventStore): Promise<StreamHead> {
  let [known, beyond] = [-1, await store.size()];
  let head = EMPTY_STREAM;
  while (beyond - known > 1) {
    const middle = Math.floor((known + beyond) / 2);
    const [event] = await store.readStream(STREAM, middle, 1);
    if (event) {
      known = middle;
      head = { revision: event.revision, leaf: leafHex(event.envelope) };
    } else beyond = middle;
  }
  return head;
}
