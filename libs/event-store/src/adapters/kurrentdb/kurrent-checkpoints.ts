import { randomUUID } from 'node:crypto';
import type { EventStoreDBClient } from '@eventstore/db-client';
import type { Checkpoints } from '../../checkpoints.js';
import { AgreedStream, type AgreedEvent } from './agreed-stream.js';
import { connect } from './connect.js';

interface Signed {
  readonly size: number;
  readonly note: string;
}

const STREAM = 'ledger-checkpoints';
const TYPE = 'CheckpointSigned';

/** Checkpoints in a stream of their own, which does not count in the log: one of each size, whoever signed it. */
export class KurrentCheckpoints implements Checkpoints {
  readonly #client: EventStoreDBClient;
  readonly #stream: AgreedStream;
  readonly #notes = new Map<number, string>();
  readonly #closing = new AbortController();

  /** Throws LedgerRefusal `store-unavailable` where the connection string is malformed. */
  constructor(connectionString: string) {
    this.#client = connect(connectionString).client;
    const take = (events: readonly AgreedEvent[]) => {
      for (const { type, data } of events) {
        const { size, note } = data as unknown as Signed;
        // the first one of a size stands
        if (type === TYPE && !this.#notes.has(size)) this.#notes.set(size, note);
      }
    };
    this.#stream = new AgreedStream(this.#client, STREAM, take, this.#closing.signal);
  }

  async sizes(): Promise<readonly number[]> {
    await this.#stream.catchUp();
    return [...this.#notes.keys()].sort((a, b) => a - b);
  }

  async read(size: number): Promise<string | undefined> {
    if (!this.#notes.has(size)) await this.#stream.catchUp();
    return this.#notes.get(size);
  }

  async add(size: number, note: string): Promise<string> {
    const id = randomUUID();
    await this.#stream.append(() =>
      this.#notes.has(size) ? [] : [{ id, type: TYPE, data: { size, note } }],
    );
    return this.#notes.get(size)!;
  }

  close(): void {
    this.#closing.abort();
    void this.#client.dispose();
  }
}
