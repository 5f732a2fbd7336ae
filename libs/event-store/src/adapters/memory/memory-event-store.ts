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
import { judgeAppend } from '../../judge-append.js';
import { newOrigin } from '../../origin.js';
import { STORE } from '../../sentences/store.js';

interface Stream {
  head: StreamHead;
  readonly events: StoredEvent[];
  readonly commands: Map<string, StoredEvent>;
}

/** The port in memory, for tests and for books that need not outlive the process. */
export class MemoryEventStore implements EventStore {
  readonly caughtUp = true;
  readonly #log: StoredEvent[] = [];
  readonly #streams = new Map<string, Stream>();
  readonly #listeners = new Set<(size: number) => void>();
  #open = true;

  constructor(readonly origin: string = newOrigin()) {}

  async append(
    stream: string,
    expected: Revision,
    events: readonly SealedEvent[],
  ): Promise<Appended> {
    this.#mustBeOpen();
    const before = this.#streams.get(stream);
    judgeAppend(stream, before?.head ?? EMPTY_STREAM, expected, events);
    const ids = new Set<string>();
    for (const { commandId } of events) {
      if (ids.has(commandId) || before?.commands.has(commandId))
        throw new DuplicateCommand(stream, commandId);
      ids.add(commandId);
    }
    this.#add(stream, events);
    const size = this.#log.length;
    this.#listeners.forEach((listener) => listener(size));
    return { index: size - 1, revision: expected + events.length };
  }

  #add(name: string, events: readonly SealedEvent[]): void {
    let stream = this.#streams.get(name);
    if (!stream) {
      stream = { head: EMPTY_STREAM, events: [], commands: new Map() };
      this.#streams.set(name, stream);
    }
    for (const { type, date, commandId, envelope, payload, leaf } of events) {
      const index = this.#log.length;
      const revision = stream.head.revision + 1;
      const stored = { index, stream: name, revision, type, date, commandId, envelope, payload };
      this.#log.push(stored);
      stream.events.push(stored);
      stream.commands.set(commandId, stored);
      stream.head = { revision, leaf };
    }
  }

  async readStream(stream: string, from: Revision, limit: number): Promise<readonly StoredEvent[]> {
    this.#mustBeOpen();
    return this.#streams.get(stream)?.events.slice(from, from + limit) ?? [];
  }

  async readLog(from: number, limit: number): Promise<readonly StoredEvent[]> {
    this.#mustBeOpen();
    return this.#log.slice(from, from + limit);
  }

  async findCommand(stream: string, commandId: string): Promise<StoredEvent | undefined> {
    this.#mustBeOpen();
    return this.#streams.get(stream)?.commands.get(commandId);
  }

  async size(): Promise<number> {
    this.#mustBeOpen();
    return this.#log.length;
  }

  async faults(): Promise<readonly string[]> {
    return [];
  }

  onAppended(listener: (size: number) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#open = false;
  }

  #mustBeOpen(): void {
    if (!this.#open) throw new StoreUnavailable(STORE.closed(), 'not-stored');
  }
}
