import type { StreamHead } from '../../envelope.js';
import {
  DuplicateCommand,
  NO_EVENTS,
  StoreUnavailable,
  WrongRevision,
  type Appended,
  type Revision,
  type SealedEvent,
} from '../../event-store.js';
import { judgeAppend } from '../../judge-append.js';
import type { Connection } from './connection.js';
import { inDoubt, notStored } from './failure.js';
import type { LogFollower } from './log-follower.js';
import type { LogIndex } from './log-index.js';
import { readStreamRequest } from './protocol.js';
import { areThere, storeEvents } from './store-events.js';
import { STORE } from '../../sentences/store.js';

interface Waiting {
  readonly expected: Revision;
  readonly events: readonly SealedEvent[];
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: Error) => void;
}

const MOST_EVENTS_PER_APPEND = 256;
/** Half of what a server takes at once by default; a longer single append is sent as it is. */
const MOST_BYTES_PER_APPEND = 512 * 1024;
const MOST_EVENTS_WAITING = 10_000;

/**
 * Appends, one at a time in each stream. What waits meanwhile is put into one append where each continues the
 * one before. The next begins when the index has the last: only then is it known which event is at its revision,
 * for a server also says yes where it finds events of the same ids there, whatever their content.
 */
export class StreamWriter {
  readonly #queues = new Map<string, Waiting[]>();
  #waitingEvents = 0;

  constructor(
    private readonly connection: Connection,
    private readonly index: LogIndex,
    private readonly follower: LogFollower,
  ) {}

  append(stream: string, expected: Revision, events: readonly SealedEvent[]): Promise<Appended> {
    if (events.length === 0)
      return Promise.reject(new TypeError('an append needs at least one event'));
    if (this.#waitingEvents > 0 && this.#waitingEvents + events.length > MOST_EVENTS_WAITING)
      return Promise.reject(
        new StoreUnavailable(STORE.queueFull({ count: this.#waitingEvents }), 'not-stored'),
      );
    return new Promise((resolve, reject) => {
      this.#waitingEvents += events.length;
      const waiting = { expected, events, resolve, reject };
      const queue = this.#queues.get(stream);
      if (queue) queue.push(waiting);
      else {
        this.#queues.set(stream, [waiting]);
        void this.#drain(stream);
      }
    });
  }

  /** Rejects what waits; what was sent is answered by the connection's end. */
  close(): void {
    for (const queue of this.#queues.values())
      for (const { reject, events } of queue.splice(0)) {
        this.#waitingEvents -= events.length;
        reject(new StoreUnavailable(STORE.closed(), 'not-stored'));
      }
  }

  async #drain(stream: string): Promise<void> {
    const queue = this.#queues.get(stream)!;
    while (queue.length > 0) {
      const batch = await this.#take(stream, queue);
      if (batch.length > 0) await this.#write(stream, batch);
    }
    this.#queues.delete(stream);
  }

  /** Takes what can be written next; rejects the first of the queue where it cannot. */
  async #take(stream: string, queue: Waiting[]): Promise<readonly Waiting[]> {
    const [first] = queue;
    const batch: Waiting[] = [];
    const commands = new Set<string>();
    let events = 0;
    let bytes = 0;
    try {
      await this.#reach(stream, first!.expected);
      let head: StreamHead = this.index.head(stream);
      while (queue.length > 0) {
        const next = queue[0]!;
        events += next.events.length;
        bytes += sizeOf(next.events);
        const isFull = events > MOST_EVENTS_PER_APPEND || bytes > MOST_BYTES_PER_APPEND;
        if (batch.length > 0 && (isFull || next.expected !== head.revision)) break;
        this.#judge(stream, head, next, commands);
        const { leaf } = next.events.at(-1)!;
        head = { revision: next.expected + next.events.length, leaf };
        batch.push(this.#shift(queue));
      }
    } catch (error) {
      // one that cannot follow others is judged again when those are stored, or are not
      if (batch.length === 0 && queue[0] === first && first)
        this.#shift(queue).reject(this.#notStored(error));
    }
    return batch;
  }

  #shift(queue: Waiting[]): Waiting {
    const waiting = queue.shift()!;
    this.#waitingEvents -= waiting.events.length;
    return waiting;
  }

  /** Waits until the index has all of a stream up to a revision. */
  async #reach(stream: string, expected: Revision): Promise<void> {
    if (this.index.head(stream).revision >= expected) return;
    const [last] = await this.connection.read(readStreamRequest(stream, 'end', 1));
    const actual = last?.revision ?? NO_EVENTS;
    if (actual < expected) throw new WrongRevision(stream, expected, actual);
    await this.follower.waitFor(stream, expected, 'not-stored');
  }

  #judge(stream: string, head: StreamHead, waiting: Waiting, commands: Set<string>): void {
    judgeAppend(stream, head, waiting.expected, waiting.events);
    for (const { commandId } of waiting.events) {
      if (commands.has(commandId) || this.index.has(stream, commandId))
        throw new DuplicateCommand(stream, commandId);
      commands.add(commandId);
    }
  }

  async #write(stream: string, batch: readonly Waiting[]): Promise<void> {
    const { expected } = batch[0]!;
    const events = batch.flatMap((waiting) => waiting.events);
    const last = expected + events.length;
    try {
      await storeEvents(this.connection, stream, expected, events);
      await this.follower.waitFor(stream, last, 'unknown');
      const head = this.index.head(stream);
      const isOurs =
        head.revision === last
          ? head.leaf === events.at(-1)!.leaf
          : await areThere(this.connection, stream, expected, events);
      if (!isOurs) throw new WrongRevision(stream, expected, head.revision);
      for (const { expected: before, events: of, resolve } of batch) {
        const revision = before + of.length;
        const { index } = revision === head.revision ? head : this.index.at(stream, revision)!;
        resolve({ index, revision });
      }
    } catch (error) {
      for (const { reject } of batch) reject(this.#inDoubt(error));
    }
  }

  #notStored(error: unknown): Error {
    return isAnswer(error) ? error : notStored(this.connection.address, error);
  }

  #inDoubt(error: unknown): Error {
    return isAnswer(error) ? error : inDoubt(this.connection.address, error);
  }
}

const isAnswer = (error: unknown): error is Error =>
  error instanceof WrongRevision ||
  error instanceof DuplicateCommand ||
  error instanceof StoreUnavailable;

const sizeOf = (events: readonly SealedEvent[]): number =>
  // Chinese text takes up to three bytes a character
  events.reduce((sum, { envelope, payload }) => sum + 3 * (envelope.length + payload.length), 0);
