import type { Sentence } from '#domain';
/**
 * The port of the log. Formats are those of docs/formats.md: `envelope` and `payload` are RFC 8785 text
 * and are stored, hashed and handed out byte for byte.
 */

/** The number of the last event in a stream, from 0; `NO_EVENTS` for a stream that has none. */
export type Revision = number;
export const NO_EVENTS: Revision = -1;

/** An event ready to be stored: sealed for exactly one place in its stream (see `sealEvents`). */
export interface SealedEvent {
  readonly id: string;
  readonly type: string;
  /** Business date YYYY-MM-DD; like `type` a copy of what the envelope says, for reading without parsing it. */
  readonly date: string;
  readonly commandId: string;
  readonly commandHash: string;
  /** Leaf hash (hex) of the event that this one was sealed on; '' for the first of a stream. */
  readonly streamPrev: string;
  /** Leaf hash (hex) of this event: what the next one of the stream is sealed on. */
  readonly leaf: string;
  readonly envelope: string;
  readonly payload: string;
}

/** An event as it lies in the log. `index` is its rank in the whole log, from 0 without gaps. */
export interface StoredEvent {
  readonly index: number;
  readonly stream: string;
  readonly revision: Revision;
  readonly type: string;
  readonly date: string;
  readonly commandId: string;
  readonly envelope: string;
  readonly payload: string;
}

export interface Appended {
  /** Index of the last event of the append. */
  readonly index: number;
  readonly revision: Revision;
}

/**
 * Thrown by `append` where the stream is not at the expected revision, or is but with another event there
 * than the one that the append was sealed on. Nothing was stored.
 */
export class WrongRevision extends Error {
  constructor(
    readonly stream: string,
    readonly expected: Revision,
    readonly actual: Revision,
  ) {
    super(
      actual === expected
        ? `${stream} has another event at revision ${actual}`
        : `${stream} is at revision ${actual}, not ${expected}`,
    );
    this.name = 'WrongRevision';
  }
}

/** Thrown by `append` where the stream already has an event of the same command. Nothing was stored. */
export class DuplicateCommand extends Error {
  constructor(
    readonly stream: string,
    readonly commandId: string,
  ) {
    super(`${stream} already has an event of command ${commandId}`);
    this.name = 'DuplicateCommand';
  }
}

/** Thrown where the store cannot write or read now; whether the events were stored is what `outcome` says. */
export class StoreUnavailable extends Error {
  constructor(
    readonly sentence: Sentence,
    readonly outcome: 'not-stored' | 'unknown',
    options?: ErrorOptions,
  ) {
    super(sentence.in('en'), options);
    this.name = 'StoreUnavailable';
  }
}

/** Thrown by `append` where the events are more than the store takes at once. Nothing was stored, and never will be. */
export class AppendTooLarge extends StoreUnavailable {
  constructor(sentence: Sentence) {
    super(sentence, 'not-stored');
    this.name = 'AppendTooLarge';
  }
}

export interface EventStore {
  /** Names this log in every envelope; fixed when the store is created. */
  readonly origin: string;

  /**
   * Whether this process sees all that is in the log. False only where the log comes from a server: until it has
   * come, and while nothing comes.
   */
  readonly caughtUp: boolean;

  /**
   * Adds events to the end of a stream, all or none, where the stream is at `expected` and its last event
   * is the `streamPrev` of the first. (A revision alone is not enough for a writer that stacks appends
   * before the ones below are durable: a rival's event may take exactly the place of one of them.)
   * Resolves once they are durable. Rejects with WrongRevision, StoreUnavailable (AppendTooLarge where it is
   * a matter of size) or, where a command id is in the stream already, DuplicateCommand.
   */
  append(stream: string, expected: Revision, events: readonly SealedEvent[]): Promise<Appended>;

  /** The events of one stream from a revision on, oldest first, at most `limit`. */
  readStream(stream: string, from: Revision, limit: number): Promise<readonly StoredEvent[]>;

  /** The events of the whole log from an index on, oldest first, at most `limit`. */
  readLog(from: number, limit: number): Promise<readonly StoredEvent[]>;

  /** The event that a command id left in a stream, if any. */
  findCommand(stream: string, commandId: string): Promise<StoredEvent | undefined>;

  /** The number of events in the log. */
  size(): Promise<number>;

  /** What the store itself finds wrong in its files, a sentence each; it looks at all of them. */
  faults(): Promise<readonly string[]>;

  /** Calls back after each commit of this process with the new size; answers how to stop. */
  onAppended(listener: (size: number) => void): () => void;

  close(): Promise<void>;
}
