import { canonicalOfSorted } from './canonical-json.js';
import type { Envelope } from './envelope.js';
import type { StoredEvent } from './event-store.js';
import { sha256Hex } from './hashing.js';

/** What an envelope says that the columns beside it, the payload and its stream must agree with. */
type Said = Pick<
  Envelope,
  'commandId' | 'date' | 'origin' | 'payloadHash' | 'revision' | 'stream' | 'streamPrev' | 'type'
>;

/**
 * Says in a sentence how a stored event contradicts its own envelope, or does not go on from the leaf (hex) of
 * the event before in its stream, where that is given; undefined where it does not. Only the envelope is
 * hashed, while reads go by the copies beside it: whoever verifies a log must ask this too.
 */
export function faultOfStored(
  stored: StoredEvent,
  origin: string,
  previousLeaf?: string,
): string | undefined {
  const { index, stream } = stored;
  const said = saidBy(stored.envelope);
  if (!said) return `the envelope of event ${index} is not canonical`;
  if (sha256Hex(stored.payload) !== said.payloadHash)
    return `the payload of event ${index} is not the one that its envelope names`;
  if (said.origin !== origin)
    return `event ${index} has the origin ${origin}, its envelope says ${said.origin}`;
  for (const field of COPIES)
    if (said[field] !== stored[field])
      return `event ${index} has the ${field} ${stored[field]}, its envelope says ${said[field]}`;
  if (previousLeaf !== undefined && said.streamPrev !== previousLeaf)
    return `event ${index} does not go on from the event before in ${stream}`;
  return undefined;
}

const COPIES = ['stream', 'revision', 'type', 'date', 'commandId'] as const;

// in the order of the keys, which is part of what makes the text canonical
const FIELDS = [
  ...['actor', 'approvedBy', 'commandHash', 'commandId', 'date', 'id', 'origin', 'payloadHash'],
  ...['recordedAt', 'revision', 'schema', 'stream', 'streamPrev', 'type', 'v'],
];

/** Nothing in such a text is ever escaped, so that it is canonical as it stands. */
const TEXT = String.raw`[^"\\\u0000-\u001f\ud800-\udfff]*`;
const COUNT = String.raw`(?:0|[1-9]\d{0,15})`;
const NUMBERS = ['revision', 'schema', 'v'];
/** Only what is compared is taken out: each piece costs. */
const SAID = 'commandId date origin payloadHash revision stream streamPrev type'.split(' ');
const patternOf = (field: string): string => {
  const value = NUMBERS.includes(field) ? COUNT : TEXT;
  const taken = SAID.includes(field) ? `(${value})` : value;
  if (NUMBERS.includes(field)) return `"${field}":${taken}`;
  return field === 'approvedBy' ? `"approvedBy":(?:null|"${taken}")` : `"${field}":"${taken}"`;
};
const PLAIN = new RegExp(`^\\{${FIELDS.map(patternOf).join(',')}\\}$`);

/** What a canonical envelope says; nothing where the text is not one. Most need no parsing. */
function saidBy(envelope: string): Said | undefined {
  const match = PLAIN.exec(envelope);
  if (!match) return parsed(envelope);
  return {
    commandId: match[1]!,
    date: match[2]!,
    origin: match[3]!,
    payloadHash: match[4]!,
    revision: Number(match[5]),
    stream: match[6]!,
    streamPrev: match[7]!,
    type: match[8]!,
  };
}

/**
 * RFC 8785 of a flat envelope with exactly its fields. A key that stands twice, a space or another spelling of
 * a number or a string is lost in parsing, so the text written again is another one.
 */
function parsed(text: string): Said | undefined {
  try {
    const envelope = JSON.parse(text) as Envelope;
    const isCanonical =
      Object.keys(envelope).join() === FIELDS.join() && canonicalOfSorted(envelope) === text;
    return isCanonical ? envelope : undefined;
  } catch {
    return undefined;
  }
}
