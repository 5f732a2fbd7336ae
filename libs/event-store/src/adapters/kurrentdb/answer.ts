import { isUtf8 } from 'node:buffer';
import protobuf from 'protobufjs/minimal.js';
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

type Reader = protobuf.Reader;
/** Reads the value of a field; false where the field is not known. */
type ReadField<T> = (reader: Reader, field: number, into: T) => boolean;

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

interface Read {
  readonly recorded: Recorded;
  isEvent: boolean;
  isCheckpoint: boolean;
}

/**
 * Reads a `ReadResp` of the protocol by the numbers of its fields. The client's own reads parse metadata as JSON and
 * so cannot hand out the bytes that are stored, which are what is hashed; and the objects that its generated code makes
 * of a message cost more than all else that following the log does. Throws where the bytes are no such message.
 */
export function decodeAnswer(bytes: Uint8Array): Answer {
  const recorded = {
    ...{ id: '', stream: '', revision: 0, commit: 0, prepare: 0 },
    ...{ type: '', envelope: '', payload: '' },
  };
  const read: Read = { recorded, isEvent: false, isCheckpoint: false };
  const reader = protobuf.Reader.create(bytes);
  fields(reader, reader.len, response, read);
  if (!read.isEvent && !read.isCheckpoint) return NOTHING;
  const { commit, prepare, type, revision } = recorded;
  const { isEvent } = read;
  const position = { commit: exact(commit), prepare: exact(prepare) };
  // the tombstone of a stream has the highest revision that there is
  if (!isEvent || type.startsWith('$')) return { isEvent, position, record: undefined };
  exact(revision);
  return { isEvent, position, record: recorded };
}

const response: ReadField<Read> = (reader, field, read) => {
  if (field === 1) message(reader, readEvent, read);
  else if (field === 3) {
    read.isCheckpoint = true;
    message(reader, checkpoint, read.recorded);
  } else return false;
  return true;
};

const checkpoint: ReadField<Recorded> = (reader, field, into) => {
  if (field === 1) into.commit = integer(reader);
  else if (field === 2) into.prepare = integer(reader);
  else return false;
  return true;
};

const readEvent: ReadField<Read> = (reader, field, read) => {
  if (field !== 1) return false;
  read.isEvent = true;
  message(reader, recordedEvent, read.recorded);
  return true;
};

const recordedEvent: ReadField<Recorded> = (reader, field, into) => {
  switch (field) {
    case 1:
      message(reader, uuid, into);
      return true;
    case 2:
      message(reader, streamIdentifier, into);
      return true;
    case 3:
      into.revision = integer(reader);
      return true;
    case 4:
      into.prepare = integer(reader);
      return true;
    case 5:
      into.commit = integer(reader);
      return true;
    case 6:
      metadata(reader, into);
      return true;
    case 7:
      into.envelope = textOf(reader.bytes());
      return true;
    case 8:
      into.payload = textOf(reader.bytes());
      return true;
    default:
      return false;
  }
};

const uuid: ReadField<Recorded> = (reader, field, into) => {
  if (field !== 2) return false;
  into.id = reader.string();
  return true;
};

const streamIdentifier: ReadField<Recorded> = (reader, field, into) => {
  if (field !== 3) return false;
  into.stream = textOf(reader.bytes());
  return true;
};

function metadata(reader: Reader, into: Recorded): void {
  const entry = { key: '', value: '' };
  message(reader, mapEntry, entry);
  if (entry.key === 'type') into.type = entry.value;
}

const mapEntry: ReadField<{ key: string; value: string }> = (reader, field, into) => {
  if (field === 1) into.key = reader.string();
  else if (field === 2) into.value = reader.string();
  else return false;
  return true;
};

function message<T>(reader: Reader, read: ReadField<T>, into: T): void {
  const length = reader.uint32();
  fields(reader, reader.pos + length, read, into);
}

function fields<T>(reader: Reader, end: number, read: ReadField<T>, into: T): void {
  while (reader.pos < end) {
    const tag = reader.uint32();
    if (!read(reader, tag >>> 3, into)) reader.skipType(tag & 7);
  }
}

/**
 * Bytes as text that has the same bytes in UTF-8. Bytes that are no UTF-8, which only a tampered event has, come
 * out as another text than any that was sealed, so that its hashes do not hold.
 */
function textOf(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return buffer.toString(isUtf8(buffer) ? 'utf8' : 'latin1');
}

function integer(reader: Reader): number {
  const read = reader.uint64();
  return typeof read === 'number' ? read : (read.high >>> 0) * 2 ** 32 + (read.low >>> 0);
}

/** The protocol has integers of 64 bits; those that a number cannot hold exactly are refused. */
function exact(number: number): number {
  if (!Number.isSafeInteger(number))
    throw new RangeError(`the event store counts up to ${number}, which is too far to be exact`);
  return number;
}
