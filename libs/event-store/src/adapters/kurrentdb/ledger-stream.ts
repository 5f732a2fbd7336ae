import { randomUUID } from 'node:crypto';
import { LedgerRefusal } from '#domain';
import { newOrigin } from '../../origin.js';
import type { Connection } from './connection.js';
import { failureOf, Refused } from './failure.js';
import { readStreamRequest } from './protocol.js';

const STREAM = 'ledger';
const TYPE = 'LedgerCreated';

/**
 * The name of the log on a server: what the first event of the stream `ledger` says. Where there is none it is
 * made, unless `create` is false; of two nodes that make it at once one wins. Throws a LedgerRefusal
 * `store-unavailable` where there is none, where it is another than `wanted`, or where the server does not answer.
 */
export async function originOf(
  connection: Connection,
  wanted: string | undefined,
  create: boolean,
): Promise<string> {
  try {
    let origin = await readOrigin(connection);
    if (origin === undefined) {
      if (!create) throw unavailable(`there is no ledger at ${connection.address}`);
      await createOrigin(connection, wanted ?? newOrigin());
      origin = await readOrigin(connection);
    }
    if (origin === undefined) throw unavailable(`no ledger could be made at ${connection.address}`);
    if (wanted !== undefined && wanted !== origin)
      throw unavailable(`the event store is the log ${origin}, not ${wanted}`);
    return origin;
  } catch (error) {
    if (error instanceof LedgerRefusal) throw error;
    throw unavailable(
      `the event store at ${connection.address} cannot be opened: ${(error as Error).message}`,
      { cause: error },
    );
  }
}

async function readOrigin(connection: Connection): Promise<string | undefined> {
  const [record] = await connection.read(readStreamRequest(STREAM, 0, 1));
  if (!record) return undefined;
  try {
    const { origin } = JSON.parse(record.payload) as { origin?: unknown };
    if (record.type === TYPE && record.revision === 0 && typeof origin === 'string') return origin;
  } catch {
    // said below
  }
  throw unavailable(`the stream ${STREAM} at ${connection.address} does not name a ledger`);
}

async function createOrigin(connection: Connection, origin: string): Promise<void> {
  const id = randomUUID();
  const payload = JSON.stringify({ origin });
  const event = { id, type: TYPE, payload, envelope: '', contentType: 'application/json' } as const;
  await connection.append(STREAM, -1, [event]).catch((error: unknown) => {
    // whoever made it, and whether or not we were told: the stream is read next
    if (failureOf(error) instanceof Refused) throw error;
  });
}

const unavailable = (message: string, options?: ErrorOptions) =>
  LedgerRefusal.of('store-unavailable', message, options);
