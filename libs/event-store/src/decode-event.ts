import {
  EVENT_SCHEMAS,
  isBookEventType,
  type BookEvent,
  type PlacedEvent,
  type RecordedEvent,
} from '#domain';
import { parseEnvelope } from './envelope.js';
import type { StoredEvent } from './event-store.js';
import { upcast } from './upcast.js';

/**
 * Thrown where the log has an event that this version of the ledger does not know. It must not be skipped:
 * every figure after it would be wrong in silence.
 */
export class UnknownEventType extends Error {
  constructor(
    readonly index: number,
    readonly type: string,
    readonly schema: number,
  ) {
    super(
      `event ${index} is a ${type} of schema ${schema}, which this version of the ledger does not know`,
    );
    this.name = 'UnknownEventType';
  }
}

/**
 * Reads a stored event back in the shape of today, whichever schema it was written with; throws
 * UnknownEventType for a type or schema number that is not known.
 */
export function decodeEvent(stored: StoredEvent): PlacedEvent {
  const { type } = stored;
  const schema = schemaOf(stored.envelope);
  if (!isBookEventType(type) || !(schema >= 1 && schema <= EVENT_SCHEMAS[type]))
    throw new UnknownEventType(stored.index, type, schema);
  const data = JSON.parse(stored.payload) as unknown;
  return {
    event: {
      type,
      data: schema === EVENT_SCHEMAS[type] ? data : upcast(type, schema, data),
    } as BookEvent,
    revision: stored.revision,
    commandId: stored.commandId,
    date: stored.date,
  };
}

const SCHEMA = '"schema":';

/**
 * Looks the schema number up without parsing the envelope, for a rebuild decodes every event of the log.
 * The first match is the key: inside a string the quotes would be escaped.
 */
function schemaOf(envelope: string): number {
  const at = envelope.indexOf(SCHEMA);
  return at < 0 ? NaN : parseInt(envelope.slice(at + SCHEMA.length, at + SCHEMA.length + 8), 10);
}

/** The same with the people of the envelope, which only a book's own state needs. */
export function decodeRecorded(stored: StoredEvent): RecordedEvent {
  const { event, revision, commandId, date } = decodeEvent(stored);
  const { actor, approvedBy } = peopleIn(stored.envelope);
  return {
    event,
    revision,
    commandId,
    date,
    actor: shared(actor),
    approvedBy: approvedBy == null ? undefined : shared(approvedBy),
  };
}

/** The people come first in an envelope, and their names seldom need an escape: no parsing then. */
const PEOPLE = /^\{"actor":"([^"\\]*)","approvedBy":(?:null|"([^"\\]*)"),/;

function peopleIn(envelope: string): { actor: string; approvedBy?: string | null | undefined } {
  const match = PEOPLE.exec(envelope);
  return match ? { actor: match[1]!, approvedBy: match[2] } : parseEnvelope(envelope);
}

const MOST_NAMES = 10_000;
const names = new Map<string, string>();

/** One string for each name: a part of an envelope would keep all of it in memory with every posting. */
function shared(name: string): string {
  const known = names.get(name);
  if (known !== undefined) return known;
  if (names.size >= MOST_NAMES) names.clear();
  const own = JSON.parse(JSON.stringify(name)) as string;
  names.set(own, own);
  return own;
}
