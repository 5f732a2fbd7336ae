import { canonicalJson } from './canonical-json.js';
import { parseEnvelope, type Envelope } from './envelope.js';
import type { StoredEvent } from './event-store.js';
import { sha256Hex } from './hashing.js';
import { parseStrictJson } from './strict-json.js';

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

function isCanonical(text: string): boolean {
  const parsed = parseStrictJson(text);
  return parsed.ok && canonicalJson(parsed.value) === text;
}
