// Events as bytes, written by the numbers of the protocol's fields: each append is sent to each subscriber, and the
// objects of the generated code would cost the double more than the append itself.
import protobuf from 'protobufjs/minimal.js';

const TICKS_PER_MS = 10_000n;
const [VARINT, LENGTH_DELIMITED] = [0, 2];

/**
 * A `ReadResp` with an event of the log.
 * @param {import('./record-log.mjs').LogRecord} record @returns {Uint8Array}
 */
export function eventBytes(record) {
  const writer = protobuf.Writer.create();
  nested(nested(writer, 1), 1); // the event; as it is recorded
  field(nested(writer, 1), 2).string(record.id).ldelim();
  field(nested(writer, 2), 3).string(record.stream).ldelim();
  integer(writer, 3, String(record.revision));
  integer(writer, 4, record.at);
  integer(writer, 5, record.at);
  entry(writer, 'type', record.type);
  entry(writer, 'content-type', record.contentType);
  entry(writer, 'created', String(BigInt(record.createdMs) * TICKS_PER_MS));
  if (record.metadata.length > 0) field(writer, 7).bytes(record.metadata);
  if (record.data.length > 0) field(writer, 8).bytes(record.data);
  writer.ldelim();
  return integer(writer, 3, record.at).ldelim().finish();
}

const integer = (writer, number, value) => writer.uint32((number << 3) | VARINT).uint64(value);
const field = (writer, number) => writer.uint32((number << 3) | LENGTH_DELIMITED);
const nested = (writer, number) => field(writer, number).fork();
const entry = (writer, key, value) =>
  field(field(nested(writer, 6), 1).string(key), 2)
    .string(value)
    .ldelim();
