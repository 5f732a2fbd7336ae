import streams from '@eventstore/db-client/generated/streams_pb.js';
import protobuf from 'protobufjs/minimal.js';
import { failureOfBatch } from './failure.js';

/** What the server says of one append of the batch protocol. */
export interface AppendAnswer {
  /** The UUID that the append was sent with. */
  readonly id: string;
  /** Why it is not written, as far as the answer tells; undefined where it is. */
  readonly failure: ReturnType<typeof failureOfBatch> | undefined;
}

/** Reads a `BatchAppendResp` of the protocol. Throws where the bytes are no such message. */
export function decodeAppendAnswer(bytes: Uint8Array): AppendAnswer {
  const reader = protobuf.Reader.create(bytes);
  let id = '';
  let isError = false;
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    const field = tag >>> 3;
    if (field === 1) id = uuidOf(reader);
    else {
      isError ||= field === 2;
      reader.skipType(tag & 7);
    }
  }
  const failure = isError
    ? failureOfBatch(streams.BatchAppendResp.deserializeBinary(bytes))
    : undefined;
  return { id, failure };
}

/** Servers give back the UUID as it was sent, or made into two integers: 21.10 always, later ones where they are late. */
function uuidOf(reader: protobuf.Reader): string {
  const end = reader.uint32() + reader.pos;
  let id = '';
  while (reader.pos < end) {
    const tag = reader.uint32();
    if (tag >>> 3 === 1) id = structuredUuid(reader);
    else if (tag >>> 3 === 2) id = reader.string();
    else reader.skipType(tag & 7);
  }
  return id;
}

function structuredUuid(reader: protobuf.Reader): string {
  const end = reader.uint32() + reader.pos;
  const halves = ['', ''];
  while (reader.pos < end) {
    const field = reader.uint32() >>> 3;
    halves[field - 1] = hexOf(reader);
  }
  const hex = halves.map((half) => half.padStart(16, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** The next 64 bits in hexadecimal. */
function hexOf(reader: protobuf.Reader): string {
  const bits = reader.int64();
  return BigInt.asUintN(
    64,
    typeof bits === 'number' ? BigInt(bits) : (BigInt(bits.high) << 32n) | BigInt(bits.low >>> 0),
  ).toString(16);
}
