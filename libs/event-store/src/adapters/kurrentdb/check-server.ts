import { eventId } from '../../event-id.js';
import { EMPTY_STREAM, type StreamHead } from '../../envelope.js';
import type { Connection } from './connection.js';
import { failureOf } from './failure.js';
import { isOfLog, ledgerRecord, LOG_PREFIXES, type LedgerRecord } from './ledger-record.js';
import type { LogIndex } from './log-index.js';
import type { Place } from './place.js';
import { comparePositions, readAllRequest, readStreamRequest, type Position } from './protocol.js';

const PAGE = 1000;
const MOST_FAULTS = 100;
const STREAMS_AT_ONCE = 32;

/**
 * Compares the index with the server, all of it, and answers a sentence for each difference, 100 at most: ranks,
 * revisions without gaps, event ids, the last event of each stream, and whether each stream can still be read from
 * its beginning.
 */
export async function checkServer(
  connection: Connection,
  index: LogIndex,
): Promise<readonly string[]> {
  const faults: string[] = [];
  const { size } = index.progress;
  const heads = new Map<string, StreamHead>();
  let rank = 0;
  for await (const record of recordsOfLog(connection)) {
    if (rank >= size || faults.length >= MOST_FAULTS) break;
    const place = index.from(rank, 1)[0];
    const fault = faultOf(record, rank, place, heads.get(record.stream) ?? EMPTY_STREAM);
    if (fault !== undefined) faults.push(fault);
    heads.set(record.stream, record);
    rank++;
  }
  if (rank < size && faults.length < MOST_FAULTS)
    faults.push(`the index has ${size} events, the server ${rank}`);
  const names = index.streams();
  for (let i = 0; i < names.length && faults.length < MOST_FAULTS; i += STREAMS_AT_ONCE) {
    const some = names.slice(i, i + STREAMS_AT_ONCE);
    const found = await Promise.all(some.map((name) => faultOfStream(connection, name)));
    faults.push(...found.filter((fault) => fault !== undefined));
  }
  return faults.slice(0, MOST_FAULTS);
}

async function* recordsOfLog(connection: Connection): AsyncGenerator<LedgerRecord> {
  for (let from: Position | undefined; ;) {
    const { records, count, last } = await connection.readPage(
      readAllRequest(from, LOG_PREFIXES, PAGE),
    );
    // the one at the position was read before
    const isNew = (record: Position) => !from || comparePositions(record, from) > 0;
    yield* records.filter((record) => isOfLog(record) && isNew(record)).map(ledgerRecord);
    if (count < PAGE || !last) return;
    from = last;
  }
}

function faultOf(
  record: LedgerRecord,
  rank: number,
  place: Place | undefined,
  before: StreamHead,
): string | undefined {
  const { stream, revision, commandId, id } = record;
  if (place?.index !== rank) return `the index has no event ${rank}`;
  if (
    place.stream !== stream ||
    place.revision !== revision ||
    comparePositions(place, record) !== 0
  )
    return `event ${rank} is ${stream} ${revision} at the server, ${place.stream} ${place.revision} in the index`;
  if (revision !== before.revision + 1)
    return `${stream} goes from revision ${before.revision} to ${revision} at event ${rank}`;
  if (id !== eventId(stream, commandId))
    return `event ${rank} has the id ${id}, which is not that of its command`;
  return undefined;
}

/** What was deleted or truncated lies in `$all` until the server tidies up; its stream shows it at once. */
async function faultOfStream(connection: Connection, stream: string): Promise<string | undefined> {
  try {
    const [first] = await connection.read(readStreamRequest(stream, 0, 1));
    if (!first) return `${stream} was deleted at the server`;
    if (first.revision > 0)
      return `${stream} begins at revision ${first.revision} at the server: what came before was truncated`;
    return undefined;
  } catch (error) {
    return `${stream} cannot be read from the server: ${failureOf(error).message}`;
  }
}
