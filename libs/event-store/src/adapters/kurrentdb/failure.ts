import {
  AccessDeniedError,
  convertToCommandError,
  InvalidArgumentError,
  MaxAppendSizeExceededError,
  StreamDeletedError,
} from '@eventstore/db-client';
import type streams from '@eventstore/db-client/generated/streams_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import { LedgerRefusal } from '#domain';
import { StoreUnavailable } from '../../event-store.js';
import { SERVER } from '../../sentences/server.js';

/** The server answered that the stream is not at the expected revision; it wrote nothing. */
export class NotAtRevision extends Error {
  constructor(readonly actual: number) {
    super(`the stream is at revision ${actual}`);
  }
}

/** The server will not do this however often it is asked; it did nothing. */
export class Refused extends Error {}

/** The stream was deleted for good. */
export class StreamGone extends Refused {}

/** An append is larger than the server takes at once. */
export class LargerThan extends Refused {
  constructor(
    readonly mostBytes: number,
    options?: ErrorOptions,
  ) {
    super(`an append of more than ${mostBytes} bytes is more than it takes at once`, options);
  }
}

/** No answer, or one that says nothing of what was done; the server may answer another time. */
export class NoAnswer extends Error {}

/** An error of the client or of gRPC as one of these three. */
export function failureOf(error: unknown): NotAtRevision | Refused | NoAnswer {
  if (error instanceof NotAtRevision || error instanceof Refused || error instanceof NoAnswer)
    return error;
  const given = error instanceof Error ? convertToCommandError(error) : new Error(String(error));
  const cause = { cause: error };
  if (given instanceof AccessDeniedError) return new Refused(ACCESS_DENIED, cause);
  if (given instanceof StreamDeletedError)
    return new StreamGone(`the stream ${given.streamName} was deleted`, cause);
  if (given instanceof MaxAppendSizeExceededError)
    return new LargerThan(given.maxAppendSize, cause);
  if (given instanceof InvalidArgumentError || codeOf(given) === INVALID_ARGUMENT)
    return new Refused(given.message, cause);
  return new NoAnswer(given.message, cause);
}

/** Whether a store could not be opened for want of an answer, which its server may give later. */
export function hadNoAnswer(error: unknown): boolean {
  if (error instanceof LedgerRefusal) return error.cause instanceof NoAnswer;
  return error instanceof StoreUnavailable && failureOf(error.cause) instanceof NoAnswer;
}

/** The failure that a batch append was answered with. */
export function failureOfBatch(
  answer: streams.BatchAppendResp,
): NotAtRevision | Refused | NoAnswer {
  const status = answer.getError()!;
  const details = status.getDetails();
  switch (details?.getTypeName()) {
    case 'event_store.client.WrongExpectedVersion': {
      const wrong = shared.WrongExpectedVersion.deserializeBinary(details.getValue_asU8());
      return new NotAtRevision(
        wrong.hasCurrentStreamRevision() ? Number(wrong.getCurrentStreamRevision()) : -1,
      );
    }
    case 'event_store.client.StreamDeleted':
      return new StreamGone('the stream was deleted');
    case 'event_store.client.AccessDenied':
      return new Refused(ACCESS_DENIED);
    case 'event_store.client.MaximumAppendSizeExceeded': {
      const most = shared.MaximumAppendSizeExceeded.deserializeBinary(details.getValue_asU8());
      return new LargerThan(most.getMaxappendsize());
    }
    default:
      return new NoAnswer(`the server failed with ${status.getMessage() || 'no reason'}`);
  }
}

/** A failure of a read or of an append that certainly wrote nothing, as the port's. */
export const notStored = (address: string, error: unknown): StoreUnavailable =>
  unavailable(address, 'not-stored', error);

/** A failure after which it is not known whether the events were stored, as the port's. */
export const inDoubt = (address: string, error: unknown): StoreUnavailable =>
  unavailable(address, 'unknown', error);

function unavailable(address: string, outcome: StoreUnavailable['outcome'], error: unknown) {
  if (error instanceof StoreUnavailable) return error;
  const { message: fault } = error as Error;
  return new StoreUnavailable(SERVER.failed({ address, fault }), outcome, {
    cause: error,
  });
}

/** The status of gRPC. */
const INVALID_ARGUMENT = 3;
const codeOf = (error: Error): unknown => (error as { code?: unknown }).code;

const ACCESS_DENIED = 'it denies access to the user of the connection string';
