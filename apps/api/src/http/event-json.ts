import { bookOfStream } from '#domain';
import { parseEnvelope, type StoredEvent } from '#event-store';

/** An event as the API shows it. */
export function eventJson(stored: StoredEvent) {
  const { id, recordedAt, actor, approvedBy } = parseEnvelope(stored.envelope);
  const { index, stream, revision, type, date, commandId } = stored;
  return {
    index,
    ...bookOfStream(stream),
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
