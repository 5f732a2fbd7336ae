import { isUtf8 } from 'node:buffer';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';

/**
 * The messages of the protocol. The client's own reads parse metadata as JSON and so cannot hand out the bytes
 * that are stored, which are what is hashed; hence its generated messages and not its events.
 */

/** A place in `$all`; ordered by commit position, then prepare position. */
export interface Position {
  readonly commit: number;
  readonly prepare: number;
}

/** An event as the server has it. */
export interface ServerRecord extends Position {
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  /** The data and the metadata as text, the same bytes in UTF-8. */
  readonly payload: string;
  readonly envelope: string;
}

/** An event to be written. */
export interface Proposal {
  readonly id: string;
  readonly type: string;
  readonly payload: string;
  /** '' for none. */
  readonly envelope: string;
  /** What the server's own pages show the data as; bytes where not given. */
  readonly contentType?: 'application/json';
}

export type ReadRequest = streams.ReadReq;

const { Options } = streams.ReadReq;
export const identifier = (name: string) =>
  new shared.StreamIdentifier().setStreamName(Buffer.from(name));
const position = ({ commit, prepare }: Position) =>
  new Options.Position().setCommitPosition(String(commit)).setPreparePosition(String(prepare));

const readOptions = () =>
  new Options().setUuidOption(new Options.UUIDOption().setString(new shared.Empty()));
const request = (options: streams.ReadReq.Options) => new streams.ReadReq().setOptions(options);

/** Reads a stream forwards from a revision, or its last events backwards. */
export function readStreamRequest(stream: string, from: number | 'end', limit: number) {
  const at = new Options.StreamOptions().setStreamIdentifier(identifier(stream));
  if (from === 'end') at.setEnd(new shared.Empty());
  else at.setRevision(String(from));
  const { FORWARDS, BACKWARDS } = Options.ReadDirection;
  return request(
    readOptions()
      .setStream(at)
      .setReadDirection(from === 'end' ? BACKWARDS : FORWARDS)
      .setCount(String(limit))
      .setNoFilter(new shared.Empty()),
  );
}

/** A server's page has 32 events: where it is busy with others, the place of a subscription is told every 1024. */
const CHECKPOINT_EVERY_PAGES = 32;

const streamFilter = (prefixes: readonly string[]) =>
  new Options.FilterOptions()
    .setStreamIdentifier(new Options.FilterOptions.Expression().setPrefixList([...prefixes]))
    .setCount(new shared.Empty())
    .setCheckpointintervalmultiplier(CHECKPOINT_EVERY_PAGES);

const allFrom = (from: Position | undefined) =>
  from
    ? new Options.AllOptions().setPosition(position(from))
    : new Options.AllOptions().setStart(new shared.Empty());

/** Reads `$all` forwards from a position on, which is read too, where streams have one of the prefixes. */
export const readAllRequest = (
  from: Position | undefined,
  prefixes: readonly string[],
  limit: number,
) =>
  request(
    readOptions()
      .setAll(allFrom(from))
      .setReadDirection(Options.ReadDirection.FORWARDS)
      .setCount(String(limit))
      .setFilter(streamFilter(prefixes)),
  );

/** The last event of `$all` in a stream of one of the prefixes. */
export const readLastRequest = (prefixes: readonly string[]) =>
  request(
    readOptions()
      .setAll(new Options.AllOptions().setEnd(new shared.Empty()))
      .setReadDirection(Options.ReadDirection.BACKWARDS)
      .setCount('1')
      .setFilter(streamFilter(prefixes)),
  );

/** What comes in `$all` after a position, for as long as the call lasts. */
export const subscribeRequest = (after: Position | undefined, prefixes: readonly string[]) =>
  request(
    readOptions()
      .setAll(allFrom(after))
      .setSubscription(new Options.SubscriptionOptions())
      .setFilter(streamFilter(prefixes)),
  );

/** The event of an answer; undefined for answers of other kinds and for events of the server's own. */
export function recordOf(answer: streams.ReadResp): ServerRecord | undefined {
  const event = answer.getEvent()?.getEvent();
  const type = event?.getMetadataMap().get('type');
  if (!event || type === undefined || type.startsWith('$')) return undefined;
  return {
    stream: textOf(event.getStreamIdentifier()!.getStreamName_asU8()),
    revision: safe(event.getStreamRevision()),
    id: event.getId()!.getString(),
    type,
    payload: textOf(event.getData_asU8()),
    envelope: textOf(event.getCustomMetadata_asU8()),
    commit: safe(event.getCommitPosition()),
    prepare: safe(event.getPreparePosition()),
  };
}

/** How far an answer shows that the server has looked: an event's place or a checkpoint. */
export function positionOf(answer: streams.ReadResp): Position | undefined {
  const at = answer.getCheckpoint() ?? answer.getEvent()?.getEvent();
  return at && { commit: safe(at.getCommitPosition()), prepare: safe(at.getPreparePosition()) };
}

/** Negative where `a` is before `b`. */
export const comparePositions = (a: Position, b: Position): number =>
  a.commit - b.commit || a.prepare - b.prepare;

/**
 * Bytes as text that has the same bytes in UTF-8. Bytes that are no UTF-8, which only a tampered event has, come
 * out as another text than any that was sealed, so that its hashes do not hold.
 */
function textOf(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return buffer.toString(isUtf8(buffer) ? 'utf8' : 'latin1');
}

/** The protocol's 64-bit integers come as text. */
function safe(integer: string): number {
  const value = Number(integer);
  if (!Number.isSafeInteger(value))
    throw new RangeError(`the event store counts up to ${integer}, which is too far to be exact`);
  return value;
}
