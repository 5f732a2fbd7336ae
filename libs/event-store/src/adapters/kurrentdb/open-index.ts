import type { Connection } from './connection.js';
import { Refused } from './failure.js';
import { LOG_PREFIXES } from './ledger-record.js';
import { openIndexFile, removeIndexFile } from './index-file.js';
import type { LogIndex } from './log-index.js';
import { comparePositions, readAllRequest } from './protocol.js';

/**
 * The index of a log, made anew where the server does not have the last event of it at its place, as after a
 * backup was put back. Rejects with NoAnswer where the server cannot be asked.
 */
export async function openIndex(
  connection: Connection,
  directory: string | undefined,
  origin: string,
): Promise<LogIndex> {
  const index = openIndexFile(directory, origin);
  try {
    if (await isOfServer(connection, index)) return index;
  } catch (error) {
    index.close();
    throw error;
  }
  index.close();
  removeIndexFile(directory);
  return openIndexFile(directory, origin);
}

async function isOfServer(connection: Connection, index: LogIndex): Promise<boolean> {
  const { size, position } = index.progress;
  const [last] = size > 0 ? index.from(size - 1, 1) : [];
  try {
    if (position) await connection.read(readAllRequest(position, LOG_PREFIXES, 1));
    if (!last) return size === 0;
    const [record] = await connection.read(readAllRequest(last, LOG_PREFIXES, 1));
    return (
      record?.stream === last.stream &&
      record.revision === last.revision &&
      comparePositions(record, last) === 0
    );
  } catch (error) {
    // it has no such position
    if (error instanceof Refused) return false;
    throw error;
  }
}
