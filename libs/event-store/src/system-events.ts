import { LedgerRefusal } from '#domain';
import { canonicalJson } from './canonical-json.js';
import { EMPTY_STREAM, sealEvents, type Recording, type StreamHead } from './envelope.js';
import { WrongRevision, type Appended, type EventStore, type StoredEvent } from './event-store.js';
import { leafHex, sha256Hex } from './hashing.js';

/** The events that are about the log itself and not about a book, schema 1 (docs/formats.md). */
export interface SystemEventData {
  /** From here on checkpoints may be signed by another key; both as C2SP verifier keys. */
  readonly LogKeyRotated: {
    readonly previousPublicKey: string;
    readonly publicKey: string;
    readonly reason: string;
  };
  /** The value behind a subject was deleted; every leaf stays valid. */
  readonly PersonalDataErased: { readonly subject: string; readonly reason: string };
}
export type SystemEventType = keyof SystemEventData;

const STREAMS: Readonly<Record<SystemEventType, string>> = {
  LogKeyRotated: 'log-keys',
  PersonalDataErased: 'personal-data',
};
const SCHEMA = '"schema":1,';
const PAGE = 1000;

/** Whether an event is of a type and schema of these, in the stream that it belongs to. */
export const isSystemEvent = ({ type, stream, envelope }: StoredEvent): boolean =>
  Object.hasOwn(STREAMS, type) &&
  STREAMS[type as SystemEventType] === stream &&
  envelope.includes(SCHEMA);

/** The data of the events of one type, oldest first. */
export async function readSystemEvents<T extends SystemEventType>(
  store: EventStore,
  type: T,
): Promise<readonly (SystemEventData[T] & { readonly index: number })[]> {
  const found: (SystemEventData[T] & { index: number })[] = [];
  for await (const { index, payload } of eventsOf(store, STREAMS[type]))
    found.push({ ...(JSON.parse(payload) as SystemEventData[T]), index });
  return found;
}

async function* eventsOf(store: EventStore, stream: string): AsyncGenerator<StoredEvent> {
  for (let revision = 0; ;) {
    const page = await store.readStream(stream, revision, PAGE);
    yield* page;
    if (page.length < PAGE) return;
    revision += page.length;
  }
}

/** Appends one; `commandId` makes a retry change nothing. Throws LedgerRefusal `revision-conflict`. */
export async function appendSystemEvent<T extends SystemEventType>(
  store: EventStore,
  type: T,
  data: SystemEventData[T],
  commandId: string,
  recording: Recording,
): Promise<Appended> {
  const stream = STREAMS[type];
  const before = await store.findCommand(stream, commandId);
  if (before) return { index: before.index, revision: before.revision };
  let head: StreamHead = EMPTY_STREAM;
  for await (const { revision, envelope } of eventsOf(store, stream))
    head = { revision, leaf: leafHex(envelope) };
  const date = recording.recordedAt.slice(0, 10);
  const commandHash = sha256Hex(canonicalJson({ type, data }));
  const event = { type, data };
  const decided = { event, date, commandId, commandHash };
  try {
    return await store.append(
      stream,
      head.revision,
      sealEvents(store.origin, stream, head, recording, [decided]),
    );
  } catch (error) {
    if (!(error instanceof WrongRevision)) throw error;
    throw LedgerRefusal.of('revision-conflict', `others changed ${stream} meanwhile; try again`);
  }
}
