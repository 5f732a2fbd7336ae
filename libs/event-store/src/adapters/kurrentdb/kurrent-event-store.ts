import { LedgerRefusal } from '#domain';
import {
  StoreUnavailable,
  type Appended,
  type EventStore,
  type Revision,
  type SealedEvent,
  type StoredEvent,
} from '../../event-store.js';
import { mustFit } from './append-size.js';
import { checkServer } from './check-server.js';
import { connect } from './connect.js';
import { Connection, type Page } from './connection.js';
import { notStored } from './failure.js';
import { isOfLog, LOG_PREFIXES, storedEvent } from './ledger-record.js';
import { originOf } from './ledger-stream.js';
import { LogFollower } from './log-follower.js';
import type { LogIndex } from './log-index.js';
import type { Place } from './place.js';
import { openIndex } from './open-index.js';
import {
  comparePositions,
  readAllRequest,
  readStreamRequest,
  type Position,
  type ReadRequest,
  type ServerRecord,
} from './protocol.js';
import { StreamWriter } from './stream-writer.js';
import { SERVER } from '../../sentences/server.js';
import { STORE } from '../../sentences/store.js';

export interface KurrentOptions {
  /** `kurrentdb://…`, `kurrentdb+discover://…`, `esdb://…` or `esdb+discover://…`; see `connect`. */
  readonly connectionString: string;
  /** Where the index of the log is kept; in memory where not given. */
  readonly directory?: string;
  /** The name of the log where it is new; where it is not, it must be this one. */
  readonly origin?: string;
  /** False: the server must have a ledger already. */
  readonly create?: boolean;
  /** False: do not wait until the index has all that the server has; see `caughtUp`. */
  readonly waitForCatchUp?: boolean;
}

/**
 * The port on EventStoreDB (21.10 or later) or KurrentDB. An event's index is its rank in `$all` among the
 * streams of the log, which each node counts for itself and keeps in an index that may be lost.
 */
export class KurrentEventStore implements EventStore {
  readonly #listeners = new Set<(size: number) => void>();
  readonly #follower: LogFollower;
  readonly #writer: StreamWriter;
  #isOpen = true;

  /**
   * Connects, finds or makes the log, and follows it. Throws a LedgerRefusal `store-unavailable` where the server
   * cannot be had or has another log.
   */
  static async open(options: KurrentOptions): Promise<KurrentEventStore> {
    const connected = connect(options.connectionString);
    const connection = new Connection(connected);
    let store: KurrentEventStore | undefined;
    try {
      const origin = await originOf(connection, options.origin, options.create !== false);
      const index = await openIndex(connection, options.directory, origin);
      store = new KurrentEventStore(origin, connection, index, connected.maxAppendBytes);
      if (options.waitForCatchUp !== false) await store.#follower.whenCaughtUp();
      return store;
    } catch (error) {
      await (store ?? connection).close();
      if (error instanceof LedgerRefusal) throw error;
      const { sentence } = notStored(connection.address, error);
      throw LedgerRefusal.of('store-unavailable', sentence, { cause: error });
    }
  }

  private constructor(
    readonly origin: string,
    private readonly connection: Connection,
    private readonly index: LogIndex,
    private readonly maxAppendBytes: number,
  ) {
    this.#follower = new LogFollower(connection, index, (size) =>
      this.#listeners.forEach((listen) => listen(size)),
    );
    this.#writer = new StreamWriter(connection, index, this.#follower);
    this.#follower.start();
  }

  /** Whether this node has seen all that the server has, as far as it can know. */
  get caughtUp(): boolean {
    return this.#isOpen && this.#follower.caughtUp;
  }

  async append(
    stream: string,
    expected: Revision,
    events: readonly SealedEvent[],
  ): Promise<Appended> {
    this.#mustBeOpen();
    mustFit(stream, events, this.maxAppendBytes);
    return this.#writer.append(stream, expected, events);
  }

  /** As the leader has it, so never without an event whose append was acknowledged, by whichever node. */
  async readStream(stream: string, from: Revision, limit: number): Promise<readonly StoredEvent[]> {
    this.#mustBeOpen();
    const { records } = await this.#readPage(readStreamRequest(stream, from, limit));
    const last = records.at(-1);
    if (!last) return [];
    await this.#follower.waitFor(stream, last.revision, 'not-stored');
    return this.#ranked(records, this.index.ofStream(stream, from, records.length));
  }

  /** What the index of this node has, read from the server anew. */
  async readLog(from: number, limit: number): Promise<readonly StoredEvent[]> {
    this.#mustBeOpen();
    const places = this.index.from(from, limit);
    const records: ServerRecord[] = [];
    for (let at: Position | undefined = places[0]; at && records.length < places.length;) {
      const before = records.length > 0 ? at : undefined;
      // a page begins with the event at which the one before it ended
      const wanted = places.length - records.length + (before ? 1 : 0);
      const page = await this.#readPage(readAllRequest(at, LOG_PREFIXES, wanted));
      const isNew = (record: Position) => !before || comparePositions(record, before) > 0;
      records.push(...page.records.filter((record) => isOfLog(record) && isNew(record)));
      at = page.count < wanted ? undefined : page.last;
    }
    return this.#ranked(records.slice(0, places.length), places);
  }

  async findCommand(stream: string, commandId: string): Promise<StoredEvent | undefined> {
    this.#mustBeOpen();
    const place = this.index.byCommand(stream, commandId);
    if (!place) return undefined;
    const { records } = await this.#readPage(readStreamRequest(stream, place.revision, 1));
    return this.#ranked(records, [place])[0];
  }

  async size(): Promise<number> {
    this.#mustBeOpen();
    return this.index.progress.size;
  }

  async faults(): Promise<readonly string[]> {
    this.#mustBeOpen();
    try {
      return await checkServer(this.connection, this.index);
    } catch (error) {
      throw notStored(this.connection.address, error);
    }
  }

  /** Told of whatever comes into the log, by this node or by another. */
  onAppended(listener: (size: number) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#writer.close();
    await this.connection.close();
    await this.#follower.close();
    this.index.close();
  }

  async #readPage(request: ReadRequest): Promise<Page> {
    try {
      return await this.connection.readPage(request);
    } catch (error) {
      throw notStored(this.connection.address, error);
    }
  }

  /** The records with their ranks; throws StoreUnavailable where they are not those that the index counted. */
  #ranked(records: readonly ServerRecord[], places: readonly Place[]): StoredEvent[] {
    return places.map((place, i) => {
      const record = records[i];
      if (record?.stream === place.stream && record.revision === place.revision)
        return storedEvent(record, place.index);
      throw new StoreUnavailable(
        SERVER.notWhereCounted({ ...place, address: this.connection.address }),
        'not-stored',
      );
    });
  }

  #mustBeOpen(): void {
    if (!this.#isOpen) throw new StoreUnavailable(STORE.closed(), 'not-stored');
  }
}
