import { setImmediate } from 'node:timers/promises';
import { emptyBook, evolve, streamOfBook, type BookId, type BookState } from '#domain';
import { decodeRecorded } from './decode-event.js';
import { EMPTY_STREAM, type StreamHead } from './envelope.js';
import type { Appended, EventStore, StoredEvent } from './event-store.js';
import { leafHex } from './hashing.js';

/** A book as it is at one event of its stream. */
export interface Snapshot {
  readonly head: StreamHead;
  readonly state: BookState;
}

/** What a book will be once an append that is on its way is durable. */
export interface Speculation extends Snapshot {
  readonly commands: readonly { readonly commandId: string }[];
  readonly appending: Promise<Appended>;
  /** Speculations of one lineage stand on each other: where one fails, all above it do. */
  readonly lineage: number;
}

const PAGE = 1000;

/**
 * A book kept in memory: its state as far as it is known to be durable, and on top of that what is being
 * appended right now, so that the next command is decided without waiting for the disk.
 */
export class WarmBook {
  readonly stream: string;
  durable: Snapshot;
  /** What the cache counts it as; see CommandRunner. */
  weight = 1;
  /** Ids of the commands that are being recorded right now. */
  readonly inFlight = new Set<string>();
  #speculation: Speculation | undefined;
  #lineage = 0;
  #commands = new Set<string>();
  #reading: Promise<number> | undefined;
  #readingNext: Promise<number> | undefined;
  #loaded = false;
  #taken = false;
  readonly #queue: (() => void)[] = [];

  constructor(
    id: BookId,
    private readonly store: EventStore,
  ) {
    this.stream = streamOfBook(id);
    this.durable = { head: EMPTY_STREAM, state: emptyBook(id) };
  }

  /**
   * The turn of a command, from its first look at the book to where its append is handed over or its
   * refusal stands: commands of a book are judged in the order in which they were given. Answers nothing
   * where there is nobody to wait for, which is the usual case and costs no await.
   */
  enter(): Promise<void> | undefined {
    if (this.#taken) return new Promise((resolve) => this.#queue.push(resolve));
    this.#taken = true;
    return undefined;
  }

  leave(): void {
    const next = this.#queue.shift();
    if (next) next();
    else this.#taken = false;
  }

  get loaded(): boolean {
    return this.#loaded;
  }

  /** True where a durable event of the stream comes from this command. */
  has(commandId: string): boolean {
    return this.#commands.has(commandId);
  }

  /** What the next command is decided on. */
  get tip(): Snapshot | Speculation {
    return this.#speculation ?? this.durable;
  }

  /** Puts an append that was just handed to the store on top of the tip. */
  speculate(
    after: Snapshot,
    commands: Speculation['commands'],
    appending: Promise<Appended>,
  ): Speculation {
    const speculation = { ...after, commands, appending, lineage: this.#lineage };
    this.#speculation = speculation;
    return speculation;
  }

  /** An append succeeded: what it led to is durable. */
  confirm(speculation: Speculation): void {
    const { head, state, commands } = speculation;
    for (const { commandId } of commands) this.#commands.add(commandId);
    if (head.revision > this.durable.head.revision) this.durable = { head, state };
    if (this.#speculation === speculation) this.#speculation = undefined;
  }

  /** An append failed: nothing that was decided on top of it holds. */
  abandon({ lineage }: Speculation): void {
    if (lineage !== this.#lineage) return;
    this.#lineage++;
    this.#speculation = undefined;
  }

  /**
   * Reads what others have added since, and only that; answers how many events. The read starts after the
   * call: whoever asks at the same time shares one, but not one that may have looked earlier.
   */
  catchUp(): Promise<number> {
    if (!this.#reading) {
      this.#reading = this.#read().finally(() => (this.#reading = undefined));
      return this.#reading;
    }
    this.#readingNext ??= this.#reading
      .catch(() => 0)
      .then(() => {
        this.#readingNext = undefined;
        return this.catchUp();
      });
    return this.#readingNext;
  }

  async #read(): Promise<number> {
    let count = 0;
    for (;;) {
      const from = this.durable.head.revision + 1;
      const page = await this.store.readStream(this.stream, from, PAGE);
      count += this.#apply(page);
      if (page.length < PAGE) break;
      // a long book must not hold up everybody else
      await setImmediate();
    }
    this.#loaded = true;
    return count;
  }

  /** Adds what is new of a page: an append of our own may have been confirmed while it was on its way. */
  #apply(page: readonly StoredEvent[]): number {
    const events = page.filter(({ revision }) => revision > this.durable.head.revision);
    const last = events.at(-1);
    if (!last) return 0;
    let { state } = this.durable;
    for (const stored of events) {
      state = evolve(state, decodeRecorded(stored));
      this.#commands.add(stored.commandId);
    }
    this.durable = { head: { revision: last.revision, leaf: leafHex(last.envelope) }, state };
    return events.length;
  }
}
