// The failures of a call as the client knows them: a status and, in its trailers, an exception.
import { grpc } from './protocol.mjs';

const { status } = grpc;

/** @param {number} code @param {string} details @param {Record<string, string>} [trailers] */
function failure(code, details, trailers = {}) {
  const metadata = new grpc.Metadata();
  for (const [key, value] of Object.entries(trailers)) metadata.set(key, value);
  return Object.assign(new Error(details), { code, details, metadata });
}

export const unavailable = () => failure(status.UNAVAILABLE, 'Server Is Not Ready');
const cancelled = () => failure(status.CANCELLED, 'Call canceled by the server');

/**
 * Loses an answer: throws, or breaks the connection, or does nothing more.
 * @param {import('./faults.mjs').Loss} how @param {() => void} disconnect
 */
export function lost(how, disconnect) {
  if (how === 'error') throw unavailable();
  if (how === 'cancel') throw cancelled();
  if (how === 'disconnect') disconnect();
}

export const noLeaderKnown = () => failure(status.UNKNOWN, 'No leader info available in response');
export const invalidPosition = () =>
  failure(status.INVALID_ARGUMENT, 'Trying to read from an invalid position.');

/** @param {number} port where the leader listens */
export const notLeader = (port) =>
  failure(status.NOT_FOUND, 'Leader info available', {
    exception: 'not-leader',
    'leader-endpoint-host': '127.0.0.1',
    'leader-endpoint-port': String(port),
  });

export const streamDeleted = (name) =>
  failure(status.FAILED_PRECONDITION, `Event stream '${name}' is deleted.`, {
    exception: 'stream-deleted',
    'stream-name': name,
  });

/** How delete and tombstone refuse; an append answers with a message instead. */
const wrongExpectedVersion = (name, expected, current) =>
  failure(status.FAILED_PRECONDITION, `Operation failed due to WrongExpectedVersion. ${name}`, {
    exception: 'wrong-expected-version',
    'stream-name': name,
    'expected-version': String(NUMBER_OF[expected] ?? expected),
    'actual-version': current === undefined ? '' : String(current),
  });
const NUMBER_OF = { any: -2, no_stream: -1, stream_exists: -4 };

/** The failure that stands for an outcome. @returns {Error} */
export function failureOf(outcome, expected, name) {
  switch (outcome.result) {
    case 'wrong-expected-version':
      return wrongExpectedVersion(name, expected, outcome.current);
    case 'stream-deleted':
      return streamDeleted(name);
    case 'maximum-append-size-exceeded':
      return failure(
        status.INVALID_ARGUMENT,
        `Maximum Append Size of ${outcome.maxBytes} Exceeded.`,
        { exception: outcome.result, 'maximum-append-size': String(outcome.maxBytes) },
      );
    case 'access-denied':
      return failure(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' });
    case 'invalid-transaction':
      return failure(status.INVALID_ARGUMENT, 'Invalid Transaction', { exception: outcome.result });
    case 'timeout':
      return failure(status.ABORTED, 'Operation timed out');
    default:
      return failure(status.UNKNOWN, `Unexpected OperationResult: ${outcome.result}`);
  }
}
