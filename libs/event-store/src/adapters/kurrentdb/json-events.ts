import {
  StreamDeletedError,
  StreamNotFoundError,
  type EventStoreDBClient,
  type JSONType,
} from '@eventstore/db-client';
import { StreamGone } from './failure.js';
import type { Proposal } from './protocol.js';

/** An event of JSON. `id` is a UUID, the same when the event is written again. */
export interface JsonEvent {
  readonly id: string;
  readonly type: string;
  readonly data: JSONType;
}

/** The deadline of one call. */
export const CALL_MS = 5000;

/** An event of JSON as it is written. */
export const proposalOf = ({ id, type, data }: JsonEvent): Proposal => ({
  id,
  type,
  payload: JSON.stringify(data),
  envelope: '',
  contentType: 'application/json',
});

/** The events of a stream from a revision on, at most `limit`; none where there is no stream. */
export async function readEvents(
  client: EventStoreDBClient,
  stream: string,
  from: number,
  limit: number,
): Promise<readonly JsonEvent[]> {
  const events: JsonEvent[] = [];
  try {
    const page = client.readStream(stream, {
      fromRevision: BigInt(from),
      maxCount: limit,
      requiresLeader: true,
      deadline: CALL_MS,
    });
    for await (const { event } of page) if (event) events.push(event as JsonEvent);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
  return events;
}

/** Whether a stream is not there: never written, or removed. */
export const isGone = (error: unknown): boolean =>
  [StreamNotFoundError, StreamDeletedError, StreamGone].some((type) => error instanceof type);
