import { LedgerRefusal } from '#domain';
import type { AccessEventData, AccountEventData } from './account-events.js';
import { canonicalJson } from './canonical-json.js';
import { EMPTY_STREAM, sealEvents, type Recording, type StreamHead } from './envelope.js';
import { WrongRevision, type Appended, type EventStore, type StoredEvent } from './event-store.js';
import { leafHex, sha256Hex } from './hashing.js';
import { RECORDING } from './sentences/recording.js';

/** The events that are about the log itself and not about a book, schema 1 (docs/formats.md). */
export interface SystemEventData extends AccountEventData, AccessEventData {
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
  AccountOpened: 'accounts',
  GrantsChanged: 'accounts',
  AccountDisabled: 'accounts',
  AccountEnabled: 'accounts',
  PasswordSet: 'accounts',
  IdentityBound: 'accounts',
  IdentityReleased: 'accounts',
  TokenIssued: 'accounts',
  TokenRevoked: 'accounts',
  AccessRecorded: 'access',
};
export const SYSTEM_EVENT_TYPES = Object.keys(STREAMS) as readonly SystemEventType[];
/** Every stream of the log that is not a book's. */
export const SYSTEM_STREAMS: readonly string[] = [...new Set(Object.values(STREAMS))];
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

/** An event of one of these types. */
export type SystemEvent<T extends SystemEventType = SystemEventType> = {
  readonly [K in T]: { readonly type: K; readonly data: SystemEventData[K] };
}[T];

/**
 * Appends events of one stream at its head, all or none; the first has the id `commandId`, those after it a
 * number behind. Rejects with WrongRevision where the stream has gone on.
 */
export async function appendSystemEvents(
  store: EventStore,
  head: StreamHead,
  events: readonly SystemEvent[],
  commandId: string,
  recording: Recording,
): Promise<Appended> {
  const stream = STREAMS[events[0]!.type];
  const date = recording.recordedAt.slice(0, 10);
  const decided = events.map(({ type, data }, i) => ({
    event: { type, data },
    date,
    commandId: i === 0 ? commandId : `${commandId}.${i + 1}`,
    commandHash: sha256Hex(canonicalJson({ type, data })),
  }));
  const sealed = sealEvents(store.origin, stream, head, recording, decided);
  return store.append(stream, head.revision, sealed);
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
  const event = { type, data } as SystemEvent;
  try {
    return await appendSystemEvents(store, head, [event], commandId, recording);
  } catch (error) {
    if (!(error instanceof WrongRevision)) throw error;
    throw LedgerRefusal.of('revision-conflict', RECORDING.rivalsOfStream({ stream }));
  }
}
