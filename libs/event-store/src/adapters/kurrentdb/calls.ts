import type { EventStoreDBClient } from '@eventstore/db-client';
import streamsCalls from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { decodeAnswer } from './answer.js';
import { decodeAppendAnswer } from './append-answer.js';
import type { ReadRequest } from './protocol.js';

export type Calls = InstanceType<typeof streamsCalls.StreamsClient>;
/** Appends that go out and answers that come in. */
export type Appends = ReturnType<typeof beginAppends>;
/** The answers to a read or subscription, as they come. */
export type Answers = ReturnType<typeof beginRead>;

const { batchAppend: BATCH_APPEND, read: READ } = streamsCalls.StreamsService;
const asItIs = (bytes: Uint8Array) => bytes as Buffer;

/** The call `BatchAppend` with messages made by us, and answers decoded by us. */
export const beginAppends = (
  calls: Calls,
  [metadata, options]: ReturnType<EventStoreDBClient['callArguments']>,
) => calls.makeBidiStreamRequest(BATCH_APPEND.path, asItIs, decodeAppendAnswer, metadata, options);

/** The call `Read` with answers decoded by us. */
export const beginRead = (
  calls: Calls,
  request: ReadRequest,
  [metadata, options]: ReturnType<EventStoreDBClient['callArguments']>,
) =>
  calls.makeServerStreamRequest(
    READ.path,
    READ.requestSerialize,
    decodeAnswer,
    request,
    metadata,
    options,
  );
