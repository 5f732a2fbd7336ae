import { setTimeout as wait } from 'node:timers/promises';
import {
  AccessDeniedError,
  InvalidArgumentError,
  StreamDeletedError,
  type EventStoreDBClient,
} from '@eventstore/db-client';
import { StoreUnavailable } from '../../event-store.js';
import type { Sentence } from '#domain';
import { SERVER } from '../../sentences/server.js';
import type { Connection } from './connection.js';
import { NotAtRevision, Refused } from './failure.js';
import { proposalOf, readEvents, type JsonEvent } from './json-events.js';

/** The client to read with and the connection over it to append with: see docs/decisions/0013. */
export interface AgreedServer {
  readonly client: EventStoreDBClient;
  readonly connection: Connection;
}

const PAGE = 1000;
/** How long a write goes on when the server does not answer or others are faster. */
const WRITE_MS = 20_000;
const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 2000;

/**
 * A stream of JSON events that all nodes agree on: only who has read all of it may append, at the exact revision
 * that it has read up to. Who was not fast enough reads what the others wrote and decides again. So no lock is
 * needed, and an append whose answer was lost is found by reading. It works one call after the other.
 */
export class AgreedStream {
  #next = 0;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly server: AgreedServer,
    readonly name: string,
    /** Takes in what was read, in order; where it throws the same is read again at the next time. */
    private readonly take: (events: readonly JsonEvent[]) => Promise<void> | void,
    /** Ends what is under way. */
    private readonly signal: AbortSignal,
  ) {}

  /** How many events were taken in. */
  get next(): number {
    return this.#next;
  }

  /** Takes in all that is in the stream now. Throws StoreUnavailable. */
  catchUp(): Promise<void> {
    return this.#inTurn(() => this.#attempts(SERVER.notRead, () => this.#read()));
  }

  /**
   * Appends what `decide` answers on all that was read, and takes it in; `decide` is asked again where others
   * were faster, and answers an empty list once nothing is left to append. Throws StoreUnavailable.
   */
  append(decide: () => readonly JsonEvent[] | Promise<readonly JsonEvent[]>): Promise<void> {
    return this.#inTurn(() => {
      let isFirst = true;
      return this.#attempts(SERVER.notWritten, async () => {
        // after a failure it is not known what the stream has
        if (!isFirst) await this.#read();
        isFirst = false;
        const events = await decide();
        if (events.length === 0) return;
        await this.server.connection.append(this.name, this.#next - 1, events.map(proposalOf));
        await this.#taken(events, this.#next + events.length);
      });
    });
  }

  /** Calls back where the stream has events that were not taken in yet. */
  async follow(onBehind: () => void): Promise<void> {
    const { signal } = this;
    for (let pauses = 0; !signal.aborted; pauses++) {
      const fromRevision = this.#next === 0 ? 'start' : BigInt(this.#next - 1);
      const subscription = this.server.client.subscribeToStream(this.name, { fromRevision });
      const stop = () => {
        subscription.unsubscribe().catch(() => undefined);
        subscription.destroy();
      };
      signal.addEventListener('abort', stop);
      try {
        // whatever was missed before it was there
        subscription.once('confirmation', onBehind);
        for await (const { event } of subscription) {
          pauses = 0;
          if (event && Number(event.revision) >= this.#next) onBehind();
        }
      } catch {
        // lost: the next one goes on from what was taken in
      } finally {
        signal.removeEventListener('abort', stop);
      }
      await wait(pauseMs(pauses), undefined, { signal }).catch(() => undefined);
    }
  }

  #attempts<T>(say: typeof SERVER.notRead, attempt: () => Promise<T>): Promise<T> {
    return attempts((on) => say({ ...on, name: this.name }), this.signal, attempt);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }

  async #read(): Promise<void> {
    for (;;) {
      const events = await readEvents(this.server.client, this.name, this.#next, PAGE);
      await this.#taken(events, this.#next + events.length);
      if (events.length < PAGE) return;
    }
  }

  async #taken(events: readonly JsonEvent[], next: number): Promise<void> {
    await this.take(events);
    this.#next = next;
  }
}

/** Does something until it succeeds, for a bounded time. Throws StoreUnavailable `not-stored`. */
export async function attempts<T>(
  say: (on: { readonly fault: string }) => Sentence,
  signal: AbortSignal,
  attempt: () => Promise<T>,
): Promise<T> {
  const end = performance.now() + WRITE_MS;
  for (let tries = 0; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      const pause = pauseMs(error instanceof NotAtRevision ? 0 : tries);
      if (isHopeless(error) || signal.aborted || performance.now() + pause > end)
        throw new StoreUnavailable(say({ fault: (error as Error).message }), 'not-stored', {
          cause: error,
        });
      await wait(pause, undefined, { signal }).catch(() => undefined);
    }
  }
}

/** What trying again does not help: refusals of the server, and what another attempt has given up already. */
const isHopeless = (error: unknown): boolean =>
  [
    AccessDeniedError,
    InvalidArgumentError,
    Refused,
    StreamDeletedError,
    StoreUnavailable,
    TypeError,
  ].some((type) => error instanceof type);

/** Longer from try to try, and by chance, so that nodes that were stopped together do not come together. */
const pauseMs = (tries: number): number =>
  Math.min(FIRST_PAUSE_MS * 2 ** tries, LONGEST_PAUSE_MS) * (0.5 + Math.random() / 2);
