import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';

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
const identifier = (name: string) => new shared.StreamIdentifier().setStreamName(Buffer.from(name));
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

/** Negative where `a` is before `b`. */
export const comparePositions = (a: Position, b: Position): number =>
  a.commit - b.commit || a.prepare - b.prepare;
