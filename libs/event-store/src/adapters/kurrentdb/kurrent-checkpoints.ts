import { randomUUID } from 'node:crypto';
import type { Checkpoints } from '../../checkpoints.js';
import { AgreedStream } from './agreed-stream.js';
import { connect } from './connect.js';
import { Connection } from './connection.js';
import type { JsonEvent } from './json-events.js';

interface Signed {
  readonly size: number;
  readonly note: string;
}

const STREAM = 'ledger-checkpoints';
const TYPE = 'CheckpointSigned';

/** Checkpoints in a stream of their own, which does not count in the log: one of each size, whoever signed it. */
export class KurrentCheckpoints implements Checkpoints {
  readonly #connection: Connection;
  readonly #stream: AgreedStream;
  readonly #notes = new Map<number, string>();
  #newest = 0;
  readonly #closing = new AbortController();

  /** Throws LedgerRefusal `store-unavailable` where the connection string is malformed. */
  constructor(connectionString: string) {
    const connected = connect(connectionString);
    this.#connection = new Connection(connected);
    const server = { client: connected.client, connection: this.#connection };
    const take = (events: readonly JsonEvent[]) => {
      for (const { type, data } of events) {
        const { size, note } = data as unknown as Signed;
        // the first one of a size stands
        if (type !== TYPE || this.#notes.has(size)) continue;
        this.#notes.set(size, note);
        this.#newest = Math.max(this.#newest, size);
      }
    };
    this.#stream = new AgreedStream(server, STREAM, take, this.#closing.signal);
  }

  async sizes(): Promise<readonly number[]> {
    await this.#stream.catchUp();
    return [...this.#notes.keys()].sort((a, b) => a - b);
  }

  async read(size: number): Promise<string | undefined> {
    if (!this.#notes.has(size)) await this.#stream.catchUp();
    return this.#notes.get(size);
  }

  async add(size: number, note: string, after?: number): Promise<string> {
    const event = { id: randomUUID(), type: TYPE, data: { size, note } };
    await this.#stream.append(() => {
      const isLate = after !== undefined && this.#newest !== after;
      return isLate || this.#notes.has(size) ? [] : [event];
    });
    return this.#notes.get(size) ?? this.#notes.get(this.#newest)!;
  }

  close(): void {
    this.#closing.abort();
    void this.#connection.close();
  }
}
