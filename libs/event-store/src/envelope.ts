import {
  EVENT_SCHEMAS,
  isBookEventType,
  type BookEvent,
  type PaymentMade,
  type PostingProposed,
} from '#domain';
import { canonicalJson, canonicalOfSorted } from './canonical-json.js';
import { eventId } from './event-id.js';
import { NO_EVENTS, type Revision, type SealedEvent } from './event-store.js';
import { leafHex, sha256Hex } from './hashing.js';

/** What is hashed and proved of an event; its canonical JSON is stored byte for byte. */
export interface Envelope {
  readonly v: 1;
  readonly origin: string;
  readonly stream: string;
  readonly revision: Revision;
  readonly streamPrev: string;
  readonly id: string;
  readonly type: string;
  readonly schema: number;
  readonly date: string;
  readonly recordedAt: string;
  readonly actor: string;
  readonly approvedBy: string | null;
  readonly commandId: string;
  readonly commandHash: string;
  readonly payloadHash: string;
}

/** Who records and when (ISO 8601, UTC, milliseconds): comes in with the command from the edge. */
export interface Recording {
  readonly actor: string;
  readonly approvedBy?: string;
  readonly recordedAt: string;
}

/** An event of a book, or one of the log itself (`SystemEventData`), which all are of schema 1. */
export interface SealableEvent {
  readonly type: string;
  readonly data: object;
}

/** An event to be sealed, with the command that it comes from. */
export interface DecidedEvent<E extends SealableEvent = BookEvent> {
  readonly event: E;
  readonly date: string;
  readonly commandId: string;
  readonly commandHash: string;
}

/** The end of a stream: the revision of its last event and that event's leaf hash in hex. */
export interface StreamHead {
  readonly revision: Revision;
  readonly leaf: string;
}

export const EMPTY_STREAM: StreamHead = { revision: NO_EVENTS, leaf: '' };

const RECORDED_AT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/**
 * Seals events for the places after `head`, each chained to the one before (docs/formats.md). The last one's
 * revision and leaf are the stream's next head.
 */
export function sealEvents(
  origin: string,
  stream: string,
  head: StreamHead,
  recording: Recording,
  events: readonly DecidedEvent<SealableEvent>[],
): readonly SealedEvent[] {
  const { actor, approvedBy = null, recordedAt } = recording;
  if (!RECORDED_AT.test(recordedAt))
    throw new TypeError(`recordedAt must be UTC with milliseconds, not ${recordedAt}`);
  let { revision, leaf } = head;
  return events.map(({ event, date, commandId, commandHash }) => {
    mustHideNames(event);
    const payload = canonicalJson(event.data);
    const id = eventId(stream, commandId);
    const streamPrev = leaf;
    // written in the order of the keys, which is what makes the text canonical
    const envelope = canonicalOfSorted({
      actor,
      approvedBy,
      commandHash,
      commandId,
      date,
      id,
      origin,
      payloadHash: sha256Hex(payload),
      recordedAt,
      revision: ++revision,
      schema: isBookEventType(event.type) ? EVENT_SCHEMAS[event.type] : 1,
      stream,
      streamPrev,
      type: event.type,
      v: 1,
    } satisfies Envelope);
    leaf = leafHex(envelope);
    return {
      id,
      type: event.type,
      date,
      commandId,
      commandHash,
      streamPrev,
      leaf,
      envelope,
      payload,
    };
  });
}

/** What is hashed can never be erased, so a name must not get that far. */
function mustHideNames({ type, data }: SealableEvent): void {
  if (type === 'PaymentMade' && 'name' in (data as PaymentMade).payee)
    throw new TypeError('the name of a payee must be sealed before the payment is');
  const posting = 'posting' in data ? (data as PostingProposed).posting : undefined;
  if (posting?.command === 'make-payment' && typeof posting.payee === 'string')
    throw new TypeError('the name of a payee must be sealed before the payment is proposed');
}

/** A stored envelope as values; the store's own text is trusted to be one. */
export const parseEnvelope = (envelope: string): Envelope => JSON.parse(envelope) as Envelope;
