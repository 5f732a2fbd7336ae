import type { Duplex, Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import type { EventStoreDBClient } from '@eventstore/db-client';
import streamsCalls from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { Answer } from './answer.js';
import { BatchWriter } from './batch-writer.js';
import { beginAppends, beginRead, type Answers, type Calls } from './calls.js';
import type { Connected } from './connect.js';
import { failureOf, NoAnswer, Refused } from './failure.js';
import type { Position, Proposal, ReadRequest, ServerRecord } from './protocol.js';

/** What a read was answered with. The events of the server's own are counted and not among the records. */
export interface Page {
  readonly records: readonly ServerRecord[];
  readonly count: number;
  /** Where the last of them lies. */
  readonly last: Position | undefined;
}

const LEADER = { requiresLeader: true };
const PAUSE_MS = { first: 20, most: 1000 };

/**
 * The calls of the ledger to the server. The client finds the server, leads to the leader and connects again;
 * its protected members begin calls of ours over its connection, which is how a subclass of it would.
 */
export class Connection {
  readonly address: string;
  readonly deadlineMs: number;
  readonly #client: EventStoreDBClient;
  readonly #writer: BatchWriter;
  #open = true;

  constructor({ client, address, deadlineMs }: Connected) {
    this.#client = client;
    this.address = address;
    this.deadlineMs = deadlineMs;
    this.#writer = new BatchWriter(() =>
      bounded(
        this.#call('append', (calls) =>
          beginAppends(calls, client['callArguments'](LEADER, { deadline: Infinity })),
        ),
        deadlineMs,
      ),
    );
  }

  /**
   * Appends all of the proposals after revision `expected`, in one attempt. Rejects with NotAtRevision, Refused or
   * NoAnswer.
   */
  async append(stream: string, expected: number, proposals: readonly Proposal[]): Promise<void> {
    try {
      await this.#writer.append(stream, expected, proposals, this.deadlineMs);
    } catch (error) {
      throw failureOf(error);
    }
  }

  /**
   * The records that the leader answers a read with; none where there is no such stream. Asks again, for
   * `deadlineMs` at most, where it gets no answer. Rejects with Refused or NoAnswer.
   */
  async read(request: ReadRequest): Promise<readonly ServerRecord[]> {
    return (await this.readPage(request)).records;
  }

  /** The same, with what it takes to read on. */
  async readPage(request: ReadRequest): Promise<Page> {
    const until = performance.now() + this.deadlineMs;
    for (let pauseMs = PAUSE_MS.first; ; pauseMs = Math.min(2 * pauseMs, PAUSE_MS.most)) {
      try {
        return await this.#readOnce(request, Math.max(1, until - performance.now()));
      } catch (error) {
        const failure = failureOf(error);
        if (failure instanceof Refused || !this.#open) throw failure;
        if (performance.now() + pauseMs >= until) throw failure;
      }
      await wait(pauseMs);
    }
  }

  /** One attempt of such a read. Rejects with Refused or NoAnswer. */
  async #readOnce(request: ReadRequest, timeoutMs: number): Promise<Page> {
    const records: ServerRecord[] = [];
    let [count, last] = [0, undefined as Position | undefined];
    const asked = this.#call('read', (calls) =>
      beginRead(calls, request, this.#client['callArguments']({ ...LEADER, deadline: timeoutMs })),
    ).then(
      (answers) =>
        new Promise<void>((resolve, reject) => {
          answers.on('data', ({ isEvent, position, record }: Answer) => {
            if (!isEvent) return;
            count++;
            last = position;
            if (record) records.push(record);
          });
          answers.on('error', reject);
          answers.on('end', resolve);
        }),
    );
    try {
      await bounded(asked, timeoutMs);
    } catch (error) {
      throw failureOf(error);
    }
    return { records, count, last };
  }

  /** Begins a subscription at whichever node the client is connected to; it lasts until it is cancelled. */
  subscribe(request: ReadRequest): Promise<Answers> {
    return bounded(
      this.#call('subscribe', (calls) =>
        beginRead(calls, request, this.#client['callArguments']({}, { deadline: Infinity })),
      ),
      this.deadlineMs,
    );
  }

  /** Ends all calls and the connection. */
  async close(): Promise<void> {
    this.#open = false;
    await this.#client.dispose();
    // where no server was found there is no connection to be ended
    this.#client['getChannel']().then(
      (channel) => channel.close(),
      () => undefined,
    );
  }

  #call<T extends Readable | Duplex>(name: string, begin: (calls: Calls) => T): Promise<T> {
    if (!this.#open) return Promise.reject(new Refused('it is closed'));
    return this.#client['GRPCStreamCreator'](streamsCalls.StreamsClient, name, begin)();
  }
}

/** Finding a server may take longer than a call may; whoever waits gives up in time. */
async function bounded<T>(promise: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NoAnswer(`no answer within ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
