import { randomUUID } from 'node:crypto';
import { LedgerRefusal, type Sentence } from '#domain';
import { newOrigin } from '../../origin.js';
import type { Connection } from './connection.js';
import { failureOf, Refused } from './failure.js';
import { readStreamRequest } from './protocol.js';
import { SERVER } from '../../sentences/server.js';
import { STORE } from '../../sentences/store.js';

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
      if (!create) throw unavailable(SERVER.none({ address: connection.address }));
      await createOrigin(connection, wanted ?? newOrigin());
      origin = await readOrigin(connection);
    }
    if (origin === undefined) throw unavailable(SERVER.notMade({ address: connection.address }));
    if (wanted !== undefined && wanted !== origin)
      throw unavailable(STORE.otherLog({ origin, wanted }));
    return origin;
  } catch (error) {
    if (error instanceof LedgerRefusal) throw error;
    throw unavailable(
      SERVER.notOpened({ address: connection.address, fault: (error as Error).message }),
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
  throw unavailable(SERVER.namesNoLedger({ stream: STREAM, address: connection.address }));
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

const unavailable = (sentence: Sentence, options?: ErrorOptions) =>
  LedgerRefusal.of('store-unavailable', sentence, options);
