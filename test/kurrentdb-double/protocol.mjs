// The messages of the protocol, made with the client's own generated stubs.
import { createRequire } from 'node:module';

const fromHere = createRequire(import.meta.url);
// The client's copies of gRPC and protobuf, so that both ends speak the same version.
const fromClient = createRequire(fromHere.resolve('@eventstore/db-client'));
const generated = (file) => fromHere(`@eventstore/db-client/generated/${file}.js`);

export const grpc = fromClient('@grpc/grpc-js');
const { Any } = fromClient('google-protobuf/google/protobuf/any_pb.js');
const { Empty: GoogleEmpty } = fromClient('google-protobuf/google/protobuf/empty_pb.js');
const shared = generated('shared_pb');
const streams = generated('streams_pb');
const { Status } = generated('status_pb');
const gossip = generated('gossip_pb');
const features = generated('serverfeatures_pb');
export const { StreamsService } = generated('streams_grpc_pb');
export const { GossipService } = generated('gossip_grpc_pb');
export const { ServerFeaturesService } = generated('serverfeatures_grpc_pb');

const TICKS_PER_MS = 10_000n;
const utf8 = (bytes) => Buffer.from(bytes).toString('utf8');
const uuid = (text) => new shared.UUID().setString(text);
function structuredUuid(text) {
  const bits = BigInt(`0x${text.replaceAll('-', '')}`);
  return new shared.UUID().setStructured(
    new shared.UUID.Structured()
      .setMostSignificantBits(String(BigInt.asIntN(64, bits >> 64n)))
      .setLeastSignificantBits(String(BigInt.asIntN(64, bits))),
  );
}
const identifier = (name) => new shared.StreamIdentifier().setStreamName(Buffer.from(name, 'utf8'));

export const nameOf = (identified) => utf8(identified.getStreamName_asU8());

/** @returns {string} the UUID as text, whichever of its two forms was sent */
export function uuidText(sent) {
  if (!sent.hasStructured()) return sent.getString();
  const high = BigInt.asUintN(64, BigInt(sent.getStructured().getMostSignificantBits()));
  const low = BigInt.asUintN(64, BigInt(sent.getStructured().getLeastSignificantBits()));
  const hex = ((high << 64n) | low).toString(16).padStart(32, '0');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** @returns {import('./record-log.mjs').Expected} what append, delete and tombstone send alike */
export function expectedOf(options) {
  if (options.hasAny()) return 'any';
  if (options.hasNoStream()) return 'no_stream';
  if (options.hasStreamExists()) return 'stream_exists';
  return BigInt(options.getStreamPosition?.() ?? options.getRevision());
}

/** @returns {import('./record-log.mjs').Proposal} */
export const proposalOf = (message) => ({
  id: uuidText(message.getId()),
  type: message.getMetadataMap().get('type'),
  contentType: message.getMetadataMap().get('content-type'),
  data: Buffer.from(message.getData_asU8()),
  metadata: Buffer.from(message.getCustomMetadata_asU8()),
});

const place = (message, at) => message.setCommitPosition(String(at)).setPreparePosition(String(at));

export const checkpointMessage = (at) =>
  new streams.ReadResp().setCheckpoint(place(new streams.ReadResp.Checkpoint(), at));
export const caughtUpMessage = () =>
  new streams.ReadResp().setCaughtUp(new streams.ReadResp.CaughtUp());
export const fellBehindMessage = () =>
  new streams.ReadResp().setFellBehind(new streams.ReadResp.FellBehind());
export const confirmationMessage = (id) =>
  new streams.ReadResp().setConfirmation(
    new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId(id),
  );
export const notFoundMessage = (name) =>
  new streams.ReadResp().setStreamNotFound(
    new streams.ReadResp.StreamNotFound().setStreamIdentifier(identifier(name)),
  );

/** The answer to a single append that was written, or that found another revision. */
export function appendAnswer(outcome, expected) {
  if (outcome.result === 'written')
    return new streams.AppendResp().setSuccess(
      new streams.AppendResp.Success()
        .setCurrentRevision(String(outcome.revision))
        .setPosition(place(new streams.AppendResp.Position(), outcome.at)),
    );
  const wrong = new streams.AppendResp.WrongExpectedVersion();
  if (outcome.current === undefined) wrong.setCurrentNoStream(new shared.Empty());
  else wrong.setCurrentRevision(String(outcome.current));
  if (expected === 'any') wrong.setExpectedAny(new shared.Empty());
  else if (expected === 'no_stream') wrong.setExpectedNoStream(new shared.Empty());
  else if (expected === 'stream_exists') wrong.setExpectedStreamExists(new shared.Empty());
  else wrong.setExpectedRevision(String(expected));
  return new streams.AppendResp().setWrongExpectedVersion(wrong);
}

/** The answer to one write of a batch, without correlation id and stream. */
export function batchAnswer(outcome, expected, name) {
  if (outcome.result !== 'written')
    return new streams.BatchAppendResp().setError(batchError(outcome, expected, name));
  return new streams.BatchAppendResp().setSuccess(
    new streams.BatchAppendResp.Success()
      .setCurrentRevision(String(outcome.revision))
      .setPosition(place(new shared.AllStreamPosition(), outcome.at)),
  );
}

/** @param {boolean} structured whether the id is given back as two integers */
export const addressed = (answer, correlationId, name, structured) =>
  answer
    .setCorrelationId(structured ? structuredUuid(correlationId) : uuid(correlationId))
    .setStreamIdentifier(identifier(name));

function batchError(outcome, expected, name) {
  const [type, message] = batchDetails(outcome, expected, name);
  const details = new Any();
  details.pack(message.serializeBinary(), `event_store.client.${type}`);
  return new Status().setMessage(type).setDetails(details);
}

function batchDetails(outcome, expected, name) {
  switch (outcome.result) {
    case 'wrong-expected-version':
      return ['WrongExpectedVersion', wrongInBatch(outcome.current, expected)];
    case 'stream-deleted':
      return ['StreamDeleted', new shared.StreamDeleted().setStreamIdentifier(identifier(name))];
    case 'maximum-append-size-exceeded':
      return [
        'MaximumAppendSizeExceeded',
        new shared.MaximumAppendSizeExceeded().setMaxappendsize(outcome.maxBytes),
      ];
    case 'access-denied':
      return ['AccessDenied', new shared.AccessDenied()];
    case 'timeout':
      return ['Timeout', new shared.Timeout()];
    default:
      return ['Unknown', new shared.Unknown()];
  }
}

function wrongInBatch(current, expected) {
  const wrong = new shared.WrongExpectedVersion();
  if (current === undefined) wrong.setCurrentNoStream(new GoogleEmpty());
  else wrong.setCurrentStreamRevision(String(current));
  if (expected === 'any') wrong.setExpectedAny(new GoogleEmpty());
  else if (expected === 'no_stream') wrong.setExpectedNoStream(new GoogleEmpty());
  else if (expected === 'stream_exists') wrong.setExpectedStreamExists(new GoogleEmpty());
  else wrong.setExpectedStreamPosition(String(expected));
  return wrong;
}

/** What delete and tombstone answer. @param {'DeleteResp' | 'TombstoneResp'} kind */
export const deleteAnswer = (kind, at) =>
  new streams[kind]().setPosition(place(new streams[kind].Position(), at));

/** @param {{ port: number, state: string, isAlive: boolean, instanceId: string }[]} members */
export const clusterMessage = (members) =>
  new gossip.ClusterInfo().setMembersList(
    members.map(({ port, state, isAlive, instanceId }) =>
      new gossip.MemberInfo()
        .setInstanceId(uuid(instanceId))
        .setTimeStamp(String(BigInt(Date.now()) * TICKS_PER_MS))
        .setState(gossip.MemberInfo.VNodeState[state])
        .setIsAlive(isAlive)
        .setHttpEndPoint(new gossip.EndPoint().setAddress('127.0.0.1').setPort(port)),
    ),
  );

/** @param {string} version @param {string[]} methods names of methods of the Streams service */
export const featuresMessage = (version, methods) =>
  new features.SupportedMethods()
    .setEventStoreServerVersion(version)
    .setMethodsList(
      methods.map((method) =>
        new features.SupportedMethod()
          .setServiceName('event_store.client.streams.Streams')
          .setMethodName(method),
      ),
    );
