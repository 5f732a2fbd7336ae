import { LedgerRefusal, type Sentence } from '#domain';
import { CONNECTION_STRING } from '../../sentences/server.js';

/** A connection string that can be meant: each part of it is as the server's documentation says. */
interface ConnectionString {
  /** The string as the client takes it. */
  readonly forClient: string;
  /** Host and port as given, without user, password and parameters. */
  readonly address: string;
  /** The number that a parameter has, where it is given. */
  readonly parameter: (name: NumberName) => number | undefined;
}

const SHAPE = /^(?:kurrentdb|esdb)(\+discover)?:\/\/(?:([^/?@]*)@)?([^@/?]+)\/?(?:\?([^@]*))?$/;
const CREDENTIALS = /^[^:]+:[^:]+$/;
const HOST = /^(?!-)[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)*\.?$/u;
const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/;
const MOST_PORT = 65_535;
const LEAST_APPEND_BYTES = 1024 * 1024;
/** A record of the server may have 16 MB with what it adds itself. */
const MOST_APPEND_BYTES = 15 * 1024 * 1024;

const NUMBERS = [
  ...(['defaultDeadline', 'discoveryInterval', 'gossipTimeout', 'keepAliveInterval'] as const),
  ...(['keepAliveTimeout', 'maxAppendSize', 'maxDiscoverAttempts'] as const),
];
type NumberName = (typeof NUMBERS)[number];
const TEXTS = [
  ...['connectionName', 'nodePreference', 'throwOnAppendFailure', 'tls', 'tlsCAFile'],
  ...['userCertFile', 'userKeyFile'],
];

/** The client takes parameters in any case, with dashes or underlines. */
const flat = (name: string): string => name.trim().toLowerCase().replace(/[_-]/g, '');
const NUMBER_KEYS = new Set(NUMBERS.map(flat));
// the client warns of others by printing the whole string, its password included, and goes on without them
const KEYS = new Set([...NUMBER_KEYS, ...TEXTS.map(flat)]);

/**
 * Reads what the client would take too kindly: it cuts a port at the first letter and a password at its second
 * colon, and of several addresses to be discovered it uses the first. Throws a LedgerRefusal `store-unavailable` with
 * what is wrong, which has nothing of the string but names of parameters.
 */
export function readConnectionString(text: string): ConnectionString {
  const match = SHAPE.exec(text.trim());
  if (!match) throw malformed(CONNECTION_STRING.otherShape());
  const [, discover, credentials, address, query = ''] = match;
  if (credentials !== undefined) mustBeCredentials(credentials);
  mustBeAddresses(address!.split(','), discover !== undefined);
  const parameters = parametersOf(query);
  mustBeAppendSize(parameters.get(flat('maxAppendSize')));
  return {
    forClient: clientString(match),
    address: `${address}${discover ? ' (discovered)' : ''}`,
    parameter: (name) => {
      const value = parameters.get(flat(name));
      return value === undefined ? undefined : Number(value);
    },
  };
}

function clientString([, discover = '', credentials, address, query = '']: RegExpExecArray) {
  const known = query.split('&').filter((part) => part && !/^max[_-]?append[_-]?size=/i.test(part));
  const user = credentials === undefined ? '' : `${credentials}@`;
  return `esdb${discover}://${user}${address}${known.length > 0 ? `?${known.join('&')}` : ''}`;
}

function mustBeCredentials(credentials: string): void {
  if (!CREDENTIALS.test(credentials) || !canBeDecoded(credentials))
    throw malformed(CONNECTION_STRING.credentials());
}

function canBeDecoded(text: string): boolean {
  try {
    return decodeURIComponent(text) !== '';
  } catch {
    return false;
  }
}

function mustBeAddresses(addresses: readonly string[], discover: boolean): void {
  for (const [i, address] of addresses.entries()) mustBeAddress(address, i + 1);
  if (discover && addresses.length > 1) throw malformed(CONNECTION_STRING.discoverSeveral());
}

function mustBeAddress(address: string, number: number): void {
  const [host = '', port, ...rest] = address.split(':');
  if (rest.length > 0) throw malformed(CONNECTION_STRING.colons({ number }));
  if (host === '') throw malformed(CONNECTION_STRING.noHost({ number }));
  const isHost = /^[\d.]+$/.test(host) ? IPV4.test(host) : HOST.test(host);
  if (!isHost) throw malformed(CONNECTION_STRING.badHost({ number }));
  if (port === undefined) return;
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > MOST_PORT)
    throw malformed(CONNECTION_STRING.badPort({ number, most: MOST_PORT }));
}

function parametersOf(query: string): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  for (const part of query.split('&').filter(Boolean)) {
    const [name = '', value = '', ...rest] = part.split('=');
    const key = flat(name);
    if (!KEYS.has(key)) throw malformed(CONNECTION_STRING.unknownParameter({ name }));
    if (parameters.has(key)) throw malformed(CONNECTION_STRING.parameterTwice({ name }));
    if (value.trim() === '' || rest.length > 0)
      throw malformed(CONNECTION_STRING.oneValue({ name }));
    if (NUMBER_KEYS.has(key) && !/^-?\d{1,9}$/.test(value.trim()))
      throw malformed(CONNECTION_STRING.notANumber({ name }));
    parameters.set(key, value.trim());
  }
  return parameters;
}

function mustBeAppendSize(given: string | undefined): void {
  const bytes = Number(given ?? LEAST_APPEND_BYTES);
  if (bytes < LEAST_APPEND_BYTES || bytes > MOST_APPEND_BYTES)
    throw malformed(
      CONNECTION_STRING.appendSize({ least: LEAST_APPEND_BYTES, most: MOST_APPEND_BYTES }),
    );
}

/** The refusal of a connection string. */
export const malformed = (fault: Sentence): LedgerRefusal =>
  LedgerRefusal.of('store-unavailable', CONNECTION_STRING.wrong({ fault }));
