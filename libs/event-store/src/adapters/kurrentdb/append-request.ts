import { createRequire } from 'node:module';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { identifier, type Proposal } from './protocol.js';

// the client's copy of the library is the one that its messages are made of
const fromClient = createRequire(
  createRequire(import.meta.url).resolve('@eventstore/db-client/package.json'),
);
type BatchOptions = streams.BatchAppendReq.Options;
const { Empty } = fromClient('google-protobuf/google/protobuf/empty_pb.js') as {
  Empty: new () => NonNullable<ReturnType<BatchOptions['getNoStream']>>;
};
const { Timestamp } = fromClient('google-protobuf/google/protobuf/timestamp_pb.js') as {
  Timestamp: { fromDate(date: Date): NonNullable<ReturnType<BatchOptions['getDeadline']>> };
};

const uuid = (text: string) => new shared.UUID().setString(text);

/**
 * One append of the batch protocol, in as many messages as keep each below a bound; `expected` −1 is a stream that
 * is not there yet.
 */
export function* batchAppendRequests(
  correlationId: string,
  stream: string,
  expected: number,
  proposals: readonly Proposal[],
  deadlineMs: number,
): Generator<streams.BatchAppendReq> {
  const options = new streams.BatchAppendReq.Options()
    .setStreamIdentifier(identifier(stream))
    .setDeadline(Timestamp.fromDate(new Date(Date.now() + deadlineMs)));
  if (expected < 0) options.setNoStream(new Empty());
  else options.setStreamPosition(String(expected));
  const next = () => new streams.BatchAppendReq().setCorrelationId(uuid(correlationId));
  let message = next().setOptions(options);
  let chars = 0;
  for (const proposal of proposals) {
    chars += proposal.envelope.length + proposal.payload.length;
    if (chars > MOST_CHARS_PER_MESSAGE) {
      yield message;
      message = next();
      chars = 0;
    }
    message.addProposedMessages(proposedMessage(proposal));
  }
  yield message.setIsFinal(true);
}

/** At three bytes a character still below the 4 MB that gRPC takes by default. */
const MOST_CHARS_PER_MESSAGE = 1_000_000;
const BINARY = 'application/octet-stream';

function proposedMessage({ id, type, payload, envelope, contentType }: Proposal) {
  const message = new streams.BatchAppendReq.ProposedMessage()
    .setId(uuid(id))
    .setData(Buffer.from(payload))
    .setCustomMetadata(Buffer.from(envelope));
  message
    .getMetadataMap()
    .set('type', type)
    .set('content-type', contentType ?? BINARY);
  return message;
}
