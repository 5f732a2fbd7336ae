import { EventStoreDBClient } from '@eventstore/db-client';
import { LedgerRefusal } from '#domain';
import { SERVER } from '../../sentences/server.js';

/** A client that has not connected yet, and what messages and timers need of its connection string. */
export interface Connected {
  readonly client: EventStoreDBClient;
  /** Host and port as given, without user, password and parameters. */
  readonly address: string;
  /** How long one call may take: `defaultDeadline` of the string. */
  readonly deadlineMs: number;
}

const SHAPE = /^(?:kurrentdb|esdb)(\+discover)?:\/\/(?:[^/?@]*@)?([^@/?]+)\/?(?:\?([^@]*))?$/;
const DEADLINE_MS = 10_000;
// the client warns of others by printing the whole string, its password included, and goes on without them
const PARAMETERS = new Set(
  [
    ...['connectionName', 'defaultDeadline', 'discoveryInterval', 'gossipTimeout', 'tls'],
    ...['keepAliveInterval', 'keepAliveTimeout', 'maxDiscoverAttempts', 'nodePreference'],
    ...['throwOnAppendFailure', 'tlsCAFile', 'userCertFile', 'userKeyFile'],
  ].map(flat),
);

/** Whether a store is named by a connection string and not by a directory. */
export const isConnectionString = (store: string): boolean =>
  /^(kurrentdb|esdb)(\+discover)?:\/\//.test(store);

/**
 * The client of `kurrentdb://`, `kurrentdb+discover://`, `esdb://` or `esdb+discover://` and its parameters.
 * Throws a LedgerRefusal `store-unavailable` where the string is malformed; no message of it has the password.
 */
export function connect(connectionString: string): Connected {
  const match = SHAPE.exec(connectionString.trim());
  if (!match)
    throw malformed('expected esdb://HOST:PORT or kurrentdb+discover://USER:PASSWORD@HOST:PORT');
  const [, discover = '', address, query = ''] = match;
  const parameters = parametersOf(query);
  const clientString = connectionString.trim().replace(/^kurrentdb|^esdb/, 'esdb');
  try {
    return {
      client: EventStoreDBClient.connectionString(clientString),
      address: `${address}${discover && ' (discovered)'}`,
      deadlineMs: Number(parameters.get(flat('defaultDeadline')) ?? DEADLINE_MS),
    };
  } catch (error) {
    throw malformed(expectationOf(error as Error));
  }
}

function parametersOf(query: string): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  for (const part of query.split('&').filter(Boolean)) {
    const [name, value = ''] = part.split('=', 2);
    if (!PARAMETERS.has(flat(name!))) throw malformed(`it does not take the parameter ${name}`);
    parameters.set(flat(name!), value.trim());
  }
  return parameters;
}

/** The client takes parameters in any case, with dashes or underlines. */
function flat(name: string): string {
  return name.trim().toLowerCase().replace(/[_-]/g, '');
}

/** What the client says of a string, without the part of it that its message quotes. */
function expectationOf(error: Error): string {
  const { expected, location } = error as { expected?: string; location?: readonly number[] };
  if (expected === undefined) return error.message;
  return `expected ${expected} at character ${Number(location?.[0]) + 1}`;
}

const malformed = (fault: string) =>
  LedgerRefusal.of('store-unavailable', SERVER.malformedString({ fault }));
