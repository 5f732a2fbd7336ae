import { EventStoreDBClient } from '@eventstore/db-client';
import { LedgerRefusal } from '#domain';
import { CONNECTION_STRING } from '../../sentences/server.js';
import { malformed, readConnectionString } from './connection-string.js';

/** A client that has not connected yet, and what messages and timers need of its connection string. */
export interface Connected {
  readonly client: EventStoreDBClient;
  /** Host and port as given, without user, password and parameters. */
  readonly address: string;
  /** How long one call may take: `defaultDeadline` of the string. */
  readonly deadlineMs: number;
  /** What the server takes in one append (its MaxAppendSize): `maxAppendSize` of the string. */
  readonly maxAppendBytes: number;
}

/** Whether a store is named by a connection string and not by a directory. */
export const isConnectionString = (store: string): boolean =>
  /^(kurrentdb|esdb)(\+discover)?:\/\//.test(store);

/**
 * The client of `kurrentdb://`, `kurrentdb+discover://`, `esdb://` or `esdb+discover://` and its parameters, and of
 * `maxAppendSize`, which is ours. Throws a LedgerRefusal `store-unavailable` where the string is malformed; no
 * message of it has the password.
 */
export function connect(connectionString: string): Connected {
  try {
    const { forClient, address, parameter } = readConnectionString(connectionString);
    return {
      client: EventStoreDBClient.connectionString(forClient),
      address,
      deadlineMs: parameter('defaultDeadline') ?? DEADLINE_MS,
      maxAppendBytes: parameter('maxAppendSize') ?? MAX_APPEND_BYTES,
    };
  } catch (error) {
    if (error instanceof LedgerRefusal) throw error;
    throw malformed(CONNECTION_STRING.notTaken({ fault: expectationOf(error as Error) }));
  }
}

const DEADLINE_MS = 10_000;
/** The default of a server. */
const MAX_APPEND_BYTES = 1024 * 1024;

/** What the client says of a string, without the part of it that its message quotes. */
function expectationOf(error: Error): string {
  const { expected, location } = error as { expected?: string; location?: readonly number[] };
  if (expected === undefined) return error.message;
  return `expected ${expected} at character ${Number(location?.[0]) + 1}`;
}
