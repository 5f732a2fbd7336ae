import { bookOfStream } from '#domain';
import { parseEnvelope } from './envelope.js';
import type { StoredEvent } from './event-store.js';

/** An event as scripts and the API see it. */
export function eventJson(stored: StoredEvent) {
  const { id, recordedAt, actor, approvedBy } = parseEnvelope(stored.envelope);
  const { index, stream, revision, type, date, commandId } = stored;
  return {
    index,
    ...bookOfStream(stream),
    stream,
    revision,
    id,
    type,
    date,
    recordedAt,
    actor,
    approvedBy,
    commandId,
    data: JSON.parse(stored.payload) as unknown,
  };
}
