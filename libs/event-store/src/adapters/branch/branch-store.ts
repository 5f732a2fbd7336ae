import { EMPTY_STREAM, type StreamHead } from '../../envelope.js';
import {
  DuplicateCommand,
  StoreUnavailable,
  type Appended,
  type EventStore,
  type Revision,
  type SealedEvent,
  type StoredEvent,
} from '../../event-store.js';
import { leafHex } from '../../hashing.js';
import { judgeAppend } from '../../judge-append.js';
import { STORE } from '../../sentences/store.js';

const PAGE = 1000;

/**
 * A log that goes on from the first `size` events of another, in memory only. What is appended here is never
 * in the other; what comes after `size` there is never here.
 */
export class BranchStore implements EventStore {
  readonly caughtUp = true;
  readonly origin: string;
  readonly #own: StoredEvent[] = [];
  readonly #heads = new Map<string, StreamHead>();
  readonly #listeners = new Set<(size: number) => void>();
  #turn: Promise<unknown> = Promise.resolve();
  #open = true;

  constructor(
    private readonly base: EventStore,
    private readonly baseSize: number,
  ) {
    this.origin = base.origin;
  }

  append(stream: string, expected: Revision, events: readonly SealedEvent[]): Promise<Appended> {
    // one after the other, for finding the head takes reads of the other log
    const appended = this.#turn.then(() => this.#append(stream, expected, events));
    this.#turn = appended.catch(() => undefined);
    return appended;
  }

  async #append(
    stream: string,
    expected: Revision,
    events: readonly SealedEvent[],
  ): Promise<Appended> {
    this.#mustBeOpen();
    const head = await this.#headOf(stream);
    judgeAppend(stream, head, expected, events);
    const ids = new Set<string>();
    for (const { commandId } of events) {
      if (ids.has(commandId) || (await this.findCommand(stream, commandId)))
        throw new DuplicateCommand(stream, commandId);
      ids.add(commandId);
    }
    let { revision } = head;
    for (const { type, date, commandId, envelope, payload } of events) {
      const index = this.baseSize + this.#own.length;
      const place = { index, stream, revision: ++revision };
      this.#own.push({ ...place, type, date, commandId, envelope, payload });
    }
    this.#heads.set(stream, { revision, leaf: events.at(-1)!.leaf });
    const size = this.baseSize + this.#own.length;
    this.#listeners.forEach((listener) => listener(size));
    return { index: size - 1, revision };
  }

  async #headOf(stream: string): Promise<StreamHead> {
    let head = this.#heads.get(stream);
    if (head) return head;
    for (head = EMPTY_STREAM; ;) {
      const page = await this.readStream(stream, head.revision + 1, PAGE);
      const last = page.at(-1);
      if (last) head = { revision: last.revision, leaf: leafHex(last.envelope) };
      if (page.length < PAGE) return head;
    }
  }

  async readStream(stream: string, from: Revision, limit: number): Promise<readonly StoredEvent[]> {
    this.#mustBeOpen();
    const page = await this.base.readStream(stream, from, limit);
    const before = page.filter((e) => e.index < this.baseSize);
    if (before.length === limit) return before;
    const own = this.#own.filter((e) => e.stream === stream && e.revision >= from);
    return [...before, ...own].slice(0, limit);
  }

  async readLog(from: number, limit: number): Promise<readonly StoredEvent[]> {
    this.#mustBeOpen();
    const ofBase = Math.max(0, Math.min(limit, this.baseSize - from));
    const before = ofBase > 0 ? await this.base.readLog(from, ofBase) : [];
    const start = Math.max(0, from - this.baseSize);
    return [...before, ...this.#own.slice(start, start + limit - before.length)];
  }

  async findCommand(stream: string, commandId: string): Promise<StoredEvent | undefined> {
    this.#mustBeOpen();
    const found = await this.base.findCommand(stream, commandId);
    if (found && found.index < this.baseSize) return found;
    return this.#own.find((e) => e.stream === stream && e.commandId === commandId);
  }

  async size(): Promise<number> {
    this.#mustBeOpen();
    return this.baseSize + this.#own.length;
  }

  faults(): Promise<readonly string[]> {
    return this.base.faults();
  }

  onAppended(listener: (size: number) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Leaves the other log open, which is its owner's. */
  async close(): Promise<void> {
    this.#open = false;
  }

  #mustBeOpen(): void {
    if (!this.#open) throw new StoreUnavailable(STORE.closed(), 'not-stored');
  }
}
