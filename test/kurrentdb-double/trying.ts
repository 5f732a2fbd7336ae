import {
  binaryEvent,
  EventStoreDBClient,
  streamNameFilter,
  type AllStreamSubscription,
  type AppendResult,
  type ErrorType,
  type Position,
} from '@eventstore/db-client';
import { setTimeout as wait } from 'node:timers/promises';
import { startDouble, type Double, type DoubleOptions, type LogRecord } from './double.mjs';

/**
 * Runs against a fresh double, whose end it sees to. A test that breaks connections uses no second
 * client: the client library keeps the pending batch appends of all clients of a process in one
 * map, so that the end of one client's batch call fails those of the others too.
 */
export async function withDouble(
  options: DoubleOptions,
  run: (double: Double, client: EventStoreDBClient) => Promise<void>,
): Promise<void> {
  const double = await startDouble(options);
  const client = clientOf(double.connectionString());
  try {
    await run(double, client);
  } finally {
    double.faults.clear();
    await client.dispose();
    await double.stop();
  }
}

/** A client that gives up soon, though not on a machine that is busy, and is told at once that a node is gone. */
export const clientOf = (connectionString: string, more = ''): EventStoreDBClient =>
  EventStoreDBClient.connectionString(`${connectionString}&defaultDeadline=2500${more}`);

/** The numbers from one to the other as texts, both included. */
export const numbered = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, i) => `${from + i}`);

/** Whether a record is of a stream that `follow` follows. */
export const isBook = ({ stream }: LogRecord): boolean => stream.startsWith('book-');

/** Appends one event for each text, whatever the revision. */
export const append = (
  client: EventStoreDBClient,
  stream: string,
  ...texts: string[]
): Promise<AppendResult> =>
  client.appendToStream(
    stream,
    texts.map((text) => event(text)),
  );

export const event = (text: string, id?: string) =>
  binaryEvent({
    type: 'Noted',
    data: Buffer.from(text),
    metadata: Uint8Array.from([0xff, 0x00]),
    ...(id && { id }),
  });

/** An id of which the last digits are the number. */
export const idOf = (n: number): string => `00000000-0000-4000-8000-${`${n}`.padStart(12, '0')}`;

/** The type of error that an attempt ends with; `none` where it succeeds. */
export const errorOf = (attempt: Promise<unknown>): Promise<ErrorType | 'none'> =>
  attempt.then(
    () => 'none' as const,
    (error: { type: ErrorType }) => error.type,
  );

/** All that a read gives. */
export async function allOf<T>(read: AsyncIterable<T>): Promise<T[]> {
  const all = [];
  for await (const one of read) all.push(one);
  return all;
}

/** The texts of what a read gives. */
export const textsOf = async (
  read: AsyncIterable<{ event?: { data: unknown } }>,
): Promise<string[]> => (await allOf(read)).map(({ event }) => textOf(event));

export const textOf = (event: { data: unknown } | undefined): string =>
  Buffer.from(event?.data as Uint8Array).toString('utf8');

export interface Followed {
  readonly subscription: AllStreamSubscription;
  readonly texts: readonly string[];
  readonly positions: readonly Position[];
  readonly checkpoints: readonly Position[];
  /** What the subscription said beside events, in order; of an error its type. */
  readonly said: readonly string[];
}
interface Following {
  readonly from?: 'start' | 'end' | Position;
  readonly checkpointInterval?: number;
  readonly maxSearchWindow?: number;
}

/** Follows the streams `book-…` in `$all`. */
export function follow(
  client: EventStoreDBClient,
  { from = 'start', checkpointInterval = 1, maxSearchWindow = 32 }: Following = {},
): Followed {
  const texts: string[] = [];
  const positions: Position[] = [];
  const checkpoints: Position[] = [];
  const said: string[] = [];
  const filter = streamNameFilter({
    prefixes: ['book-'],
    checkpointInterval,
    maxSearchWindow,
    checkpointReached: async (_, position) => void checkpoints.push(position),
  });
  const subscription = client.subscribeToAll({ filter, fromPosition: from });
  subscription.on('data', ({ event }) => {
    texts.push(textOf(event));
    if (event) positions.push(event.position);
  });
  for (const word of ['confirmation', 'caughtUp', 'fellBehind'] as const)
    subscription.on(word, () => said.push(word));
  subscription.on('error', (error: Error & { type?: string }) => said.push(`${error.type}`));
  return { subscription, texts, positions, checkpoints, said };
}

/** Waits until it holds; throws after five seconds. */
export async function until(holds: () => boolean): Promise<void> {
  for (const start = Date.now(); !holds(); await wait(5))
    if (Date.now() - start > 5_000) throw new Error(`never held: ${holds.toString()}`);
}
