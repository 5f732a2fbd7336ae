import { canonicalOfSorted } from './canonical-json.js';
import { parseEnvelope, type Envelope } from './envelope.js';
import type { StoredEvent } from './event-store.js';
import { sha256Hex } from './hashing.js';

/**
 * Says in a sentence how a stored event contradicts its own envelope; undefined where it does not. Only the
 * envelope is hashed, while reads go by the copies beside it: whoever verifies a log must ask this too.
 */
export function faultOfStored(stored: StoredEvent, origin: string): string | undefined {
  if (!isCanonical(stored.envelope))
    return `the envelope of event ${stored.index} is not canonical`;
  const envelope = parseEnvelope(stored.envelope);
  if (sha256Hex(stored.payload) !== envelope.payloadHash)
    return `the payload of event ${stored.index} is not the one that its envelope names`;
  const { stream, revision, type, date, commandId } = stored;
  const copies: Partial<Envelope> = { origin, stream, revision, type, date, commandId };
  for (const [field, copy] of Object.entries(copies))
    if (envelope[field as keyof Envelope] !== copy)
      return `event ${stored.index} has the ${field} ${copy}, its envelope says ${envelope[field as keyof Envelope]}`;
  return undefined;
}

// in the order of the keys, which is part of what makes the text canonical
const FIELDS = [
  ...['actor', 'approvedBy', 'commandHash', 'commandId', 'date', 'id', 'origin', 'payloadHash'],
  ...['recordedAt', 'revision', 'schema', 'stream', 'streamPrev', 'type', 'v'],
].join();

/**
 * Whether a text is RFC 8785 of a flat envelope with exactly its fields. A key that stands twice, a space or
 * another spelling of a number or a string is lost in parsing, so the text written again is another one.
 */
function isCanonical(text: string): boolean {
  try {
    const parsed = JSON.parse(text) as object;
    return Object.keys(parsed).join() === FIELDS && canonicalOfSorted(parsed) === text;
  } catch {
    return false;
  }
}
