import { isUtf8 } from 'node:buffer';
import { createRequire } from 'node:module';
import type { Position, ServerRecord } from './protocol.js';

/** One message of the server to a read or a subscription. */
export interface Answer {
  readonly isEvent: boolean;
  /** How far it shows that the server has looked: an event's place or a checkpoint. */
  readonly position: Position | undefined;
  /** The event, where it is not one of the server's own. */
  readonly record: ServerRecord | undefined;
}

const NOTHING: Answer = { isEvent: false, position: undefined, record: undefined };

/** The reader of the client's protobuf library, as far as it is used here. */
interface Reader {
  nextField(): boolean;
  isEndGroup(): boolean;
  getFieldNumber(): number;
  skipField(): void;
  readMessage(into: object, read: () => void): void;
  readBytes(): Uint8Array;
  readString(): string;
  readUint64(): number;
}
const fromClient = createRequire(
  createRequire(import.meta.url).resolve('@eventstore/db-client/package.json'),
);
const { BinaryReader } = fromClient('google-protobuf') as {
  BinaryReader: new (bytes: Uint8Array) => Reader;
};

/** A `RecordedEvent`, or a `Checkpoint`, which has places only. */
interface Recorded {
  id: string;
  stream: string;
  revision: number;
  commit: number;
  prepare: number;
  type: string;
  envelope: string;
  payload: string;
}

/**
 * Reads a `ReadResp` of the protocol by the numbers of its fields. The client's own reads parse metadata as JSON and
 * so cannot hand out the bytes that are stored, which are what is hashed. The objects that its generated code makes of
 * a message take ten times as long, and that would be most of what following the log costs.
 */
export function decodeAnswer(bytes: Uint8Array): Answer {
  const reader = new BinaryReader(bytes);
  const recorded: Recorded = {
    ...{ id: '', stream: '', revision: 0, commit: 0, prepare: 0 },
    ...{ type: '', envelope: '', payload: '' },
  };
  let [isEvent, isCheckpoint] = [false, false];
  fields(reader, {
    1: () =>
      message(reader, {
        1: () => {
          isEvent = true;
          message(reader, fieldsOfEvent(reader, recorded));
        },
      }),
    3: () => {
      isCheckpoint = true;
      message(reader, {
        1: () => (recorded.commit = reader.readUint64()),
        2: () => (recorded.prepare = reader.readUint64()),
      });
    },
  });
  if (!isEvent && !isCheckpoint) return NOTHING;
  const { commit, prepare, type, revision } = recorded;
  const position = { commit: safe(commit), prepare: safe(prepare) };
  if (!isEvent || type.startsWith('$')) return { isEvent, position, record: undefined };
  safe(revision);
  return { isEvent, position, record: recorded };
}

type Fields = Readonly<Record<number, () => unknown>>;

const fieldsOfEvent = (reader: Reader, into: Recorded): Fields => ({
  1: () => message(reader, { 2: () => (into.id = reader.readString()) }),
  2: () => message(reader, { 3: () => (into.stream = textOf(reader.readBytes())) }),
  3: () => (into.revision = reader.readUint64()),
  4: () => (into.prepare = reader.readUint64()),
  5: () => (into.commit = reader.readUint64()),
  6: () => {
    let key = '';
    message(reader, {
      1: () => (key = reader.readString()),
      2: () => {
        const value = reader.readString();
        if (key === 'type') into.type = value;
      },
    });
  },
  7: () => (into.envelope = textOf(reader.readBytes())),
  8: () => (into.payload = textOf(reader.readBytes())),
});

function fields(reader: Reader, known: Fields): void {
  while (reader.nextField() && !reader.isEndGroup()) {
    const read = known[reader.getFieldNumber()];
    if (read) read();
    else reader.skipField();
  }
}

const message = (reader: Reader, known: Fields): void =>
  reader.readMessage(known, () => fields(reader, known));

/**
 * Bytes as text that has the same bytes in UTF-8. Bytes that are no UTF-8, which only a tampered event has, come
 * out as another text than any that was sealed, so that its hashes do not hold.
 */
function textOf(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return buffer.toString(isUtf8(buffer) ? 'utf8' : 'latin1');
}

/** The protocol has integers of 64 bits; those that a number cannot hold exactly are refused. */
function safe(integer: number): number {
  if (!Number.isSafeInteger(integer))
    throw new RangeError(`the event store counts up to ${integer}, which is too far to be exact`);
  return integer;
}
