/**
 * How an answer is lost: the connection breaks, the call fails as unavailable, the server cancels it
 * as one that shuts down does, or nothing ever comes.
 */
export type Loss = 'disconnect' | 'error' | 'cancel' | 'silence';
export type Operation = 'append' | 'read' | 'subscription';
export type Refusal =
  | 'wrong-expected-version'
  | 'stream-deleted'
  | 'access-denied'
  | 'invalid-transaction'
  | 'timeout'
  | 'unknown';

/** Set and cleared while the double runs; what is drawn at random is drawn from its seed. */
export interface Faults {
  /** Appends are written and then, with this probability (0 to 1), the answer is lost. */
  dropReplyAfterWrite(probability: number, how?: Loss): void;
  /** With this probability (0 to 1) an append is lost before anything is written. */
  failBeforeWrite(probability: number, how?: Loss): void;
  /** Answers to appends and deletions come so many milliseconds after the write; between two where two are given. */
  slowReplies(minMs: number, maxMs?: number): void;
  /** The next append is refused so and writes nothing; may be queued. */
  refuseNextAppend(refusal: Refusal): void;
  /** The next read or subscription to begin is cut after so many events; may be queued. */
  cutNext(operation: 'read' | 'subscription', afterEvents: number, how?: Loss): void;
  /** Holds all operations of a kind (appends before the write) until released, or for so long. */
  stall(operation: Operation, ms?: number): () => void;
  /** Every call fails as unavailable, or no longer. */
  unavailable(on?: boolean): void;
  /** No fault from here on; what is held is released. */
  clear(): void;
}

/** A record of the log: all streams, and those of the system, in the order of `$all`. */
export interface LogRecord {
  readonly stream: string;
  readonly revision: bigint;
  readonly id: string;
  readonly type: string;
  readonly data: Buffer;
  readonly metadata: Buffer;
  readonly position: { readonly commit: bigint; readonly prepare: bigint };
}

/** Sums since the start, but for the last three, which are of now. */
export interface Counters {
  /** Appends that reached the log, whatever became of their answer. */
  readonly appends: number;
  readonly reads: number;
  readonly subscriptions: number;
  /** Messages of reads and subscriptions, and the bytes of those that the client made room for. */
  readonly messages: number;
  readonly bytes: number;
  /** How often a read or subscription had to wait for a client that did not take more. */
  readonly waits: number;
  /** Messages that wait for a client to take them. */
  readonly unsent: number;
  /** Reads and subscriptions that are open. */
  readonly open: number;
  readonly connections: number;
}

export interface DoubleOptions {
  /** 1 where not given; node 0 leads at first. */
  readonly nodes?: number;
  /** Of everything random: the same seed draws the same faults for the same order of calls. */
  readonly seed?: number;
  /** Of a single node; any that is free where not given. */
  readonly port?: number;
  /** Whether the nodes say that they take batches; otherwise the client appends one by one. */
  readonly batchAppend?: boolean;
  /** Whether the id of an append in a batch is given back as two integers, as older servers do. */
  readonly structuredIds?: boolean;
  /** A record of the system is written after every so many appends (10); 0 for never. */
  readonly systemEventEvery?: number;
  /** Whether a read of `$all` honours its filter, as every server does; to see what relies on it. */
  readonly filtersReads?: boolean;
  /** What one append may have (MaxAppendSize), in bytes; 1 MB where not given. */
  readonly maxAppendBytes?: number;
}

export interface Double {
  readonly faults: Faults;
  /** Of all nodes: `esdb://…?tls=false`; several nodes make the client look for the leader. */
  connectionString(): string;
  /** Of one node only, which the client then asks without looking for others. */
  nodeString(node: number): string;
  log(): readonly LogRecord[];
  counters(): Counters;
  /** Breaks all connections without a word. New ones are taken. */
  disconnectAll(): void;
  electLeader(node: number): void;
  /** No node leads until the next `electLeader`. */
  loseLeader(): void;
  /** The node is gone, its connections broken, until `up`. */
  down(node: number): void;
  up(node: number): void;
  /** While it follows, the node lacks so many of the newest records. */
  lag(node: number, records: number): void;
  writeSystemEvents(count: number): void;
  /** Ends all calls and frees the ports. */
  stop(): Promise<void>;
}

export function startDouble(options?: DoubleOptions): Promise<Double>;
