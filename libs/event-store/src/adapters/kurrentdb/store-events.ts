import { setTimeout as wait } from 'node:timers/promises';
import { WrongRevision, type Revision, type SealedEvent } from '../../event-store.js';
import type { Connection } from './connection.js';
import { tooLarge } from './append-size.js';
import { LargerThan, NoAnswer, NotAtRevision, notStored, Refused } from './failure.js';
import { readStreamRequest } from './protocol.js';

const PAUSE_MS = { first: 10, most: 1000 };
/** An append is given up after this many deadlines of a call. */
const DEADLINES = 3;

/**
 * Writes until it is known that the events are there, or that others are (WrongRevision). Where the first attempt is
 * refused, nothing is stored (StoreUnavailable `not-stored`, AppendTooLarge). Any other error leaves it unknown.
 */
export async function storeEvents(
  connection: Connection,
  stream: string,
  expected: Revision,
  events: readonly SealedEvent[],
): Promise<void> {
  const until = performance.now() + DEADLINES * connection.deadlineMs;
  let isFirst = true;
  for (let pauseMs = PAUSE_MS.first; ; pauseMs = Math.min(2 * pauseMs, PAUSE_MS.most)) {
    let failure: Error;
    try {
      return await connection.append(stream, expected, events);
    } catch (error) {
      failure = error as Error;
      if (isFirst && failure instanceof NotAtRevision)
        throw new WrongRevision(stream, expected, failure.actual);
      if (isFirst && failure instanceof LargerThan)
        throw tooLarge(stream, events, failure.mostBytes);
      if (isFirst && failure instanceof Refused) throw notStored(connection.address, failure);
    }
    isFirst = false;
    try {
      if (await areThere(connection, stream, expected, events)) return;
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
    }
    // still at the expected revision: the same append again can be stored once only
    if (performance.now() + pauseMs > until) throw failure;
    await wait(pauseMs * (0.5 + Math.random()));
  }
}

/**
 * Whether these very events follow `expected`; false where none do. Throws WrongRevision where others do. Event ids
 * are not enough: two nodes that are given the same command make two events of one id.
 */
export async function areThere(
  connection: Connection,
  stream: string,
  expected: Revision,
  events: readonly SealedEvent[],
): Promise<boolean> {
  const found = await connection.read(readStreamRequest(stream, expected + 1, events.length));
  if (found.length === 0) return false;
  const areOurs = events.every(({ envelope }, i) => found[i]?.envelope === envelope);
  if (!areOurs) throw new WrongRevision(stream, expected, found.at(-1)!.revision);
  return true;
}
