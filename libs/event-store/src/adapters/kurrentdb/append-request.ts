import protobuf from 'protobufjs/minimal.js';
import type { Proposal } from './protocol.js';

/** At three bytes a character still below the 4 MB that gRPC takes by default. */
const MOST_CHARS_PER_MESSAGE = 1_000_000;
const BYTES = 'application/octet-stream';
const LENGTH_DELIMITED = 2;
const VARINT = 0;

/**
 * One append of the batch protocol as messages `BatchAppendReq`, as many as keep each below a bound; `expected` −1 is
 * a stream that is not there yet. They are written by the numbers of the fields, for the objects of the client's
 * generated code cost several times as much. No deadline is in them: the server has its own for a write, and the one
 * of the protocol is a time of day, which a server whose clock is ahead would find past.
 */
export function* batchAppendRequests(
  correlationId: string,
  stream: string,
  expected: number,
  proposals: readonly Proposal[],
): Generator<Uint8Array> {
  let writer = begin(correlationId);
  writeOptions(writer, stream, expected);
  let chars = 0;
  for (const proposal of proposals) {
    const length = proposal.envelope.length + proposal.payload.length;
    if (chars > 0 && chars + length > MOST_CHARS_PER_MESSAGE) {
      yield writer.finish();
      writer = begin(correlationId);
      chars = 0;
    }
    chars += length;
    writeProposal(writer, proposal);
  }
  yield writer.uint32(tag(4, VARINT)).bool(true).finish();
}

type Writer = protobuf.Writer;
const tag = (field: number, type: number) => (field << 3) | type;
const nested = (writer: Writer, field: number) =>
  writer.uint32(tag(field, LENGTH_DELIMITED)).fork();
// bytes and strings are alike on the wire
const text = (writer: Writer, field: number, value: string) =>
  writer.uint32(tag(field, LENGTH_DELIMITED)).string(value);
const uuid = (writer: Writer, field: number, id: string) =>
  text(nested(writer, field), 2, id).ldelim();
const entry = (writer: Writer, field: number, key: string, value: string) =>
  text(text(nested(writer, field), 1, key), 2, value).ldelim();

const begin = (correlationId: string) => uuid(protobuf.Writer.create(), 1, correlationId);

function writeOptions(writer: Writer, stream: string, expected: number): void {
  nested(writer, 2);
  text(nested(writer, 1), 3, stream).ldelim();
  if (expected < 0) nested(writer, 3).ldelim();
  else writer.uint32(tag(2, VARINT)).uint64(expected);
  writer.ldelim();
}

function writeProposal(
  writer: Writer,
  { id, type, payload, envelope, contentType }: Proposal,
): void {
  nested(writer, 3);
  uuid(writer, 1, id);
  entry(writer, 2, 'type', type);
  entry(writer, 2, 'content-type', contentType ?? BYTES);
  if (envelope !== '') text(writer, 3, envelope);
  text(writer, 4, payload).ldelim();
}
