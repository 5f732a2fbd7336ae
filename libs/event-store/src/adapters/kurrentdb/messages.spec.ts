import { describe, expect, it } from '@jest/globals';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import status from '@eventstore/db-client/generated/status_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import fc from 'fast-check';
import { decodeAnswer } from './answer.js';
import { decodeAppendAnswer } from './append-answer.js';
import { batchAppendRequests } from './append-request.js';
import { NoAnswer } from './failure.js';
import type { Proposal } from './protocol.js';

const { BatchAppendReq, BatchAppendResp, ReadResp } = streams;
const utf8 = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8');
const text = fc.string({ unit: 'grapheme' });
const revision = fc.oneof(fc.nat(), fc.maxSafeNat());

/** What the client's generated code reads in an append. */
function readAppend(messages: Iterable<Uint8Array>) {
  const read = [...messages].map((bytes) => BatchAppendReq.deserializeBinary(bytes));
  const options = read[0]!.getOptions()!;
  return {
    ids: read.map((message) => message.getCorrelationId()?.getString()),
    hasOptions: read.map((message) => message.hasOptions()),
    isFinal: read.map((message) => message.getIsFinal()),
    stream: utf8(options.getStreamIdentifier()!.getStreamName_asU8()),
    expected: options.hasNoStream() ? -1 : Number(options.getStreamPosition()),
    hasDeadline: options.hasDeadline(),
    proposals: read.flatMap((message) =>
      message.getProposedMessagesList().map((proposed) => ({
        id: proposed.getId()?.getString(),
        type: proposed.getMetadataMap().get('type'),
        contentType: proposed.getMetadataMap().get('content-type'),
        payload: utf8(proposed.getData_asU8()),
        envelope: utf8(proposed.getCustomMetadata_asU8()),
      })),
    ),
  };
}

describe('an append', () => {
  it('is what the generated code reads, whatever is in it', () => {
    const proposal = fc.record({ id: fc.uuid(), type: text, payload: text, envelope: text });
    fc.assert(
      fc.property(
        fc.uuid(),
        text,
        fc.oneof(fc.constant(-1), revision),
        fc.array(proposal, { minLength: 1, maxLength: 5 }),
        (id, stream, expected, proposals) => {
          expect(readAppend(batchAppendRequests(id, stream, expected, proposals))).toEqual({
            ...{ ids: [id], hasOptions: [true], isFinal: [true], hasDeadline: false },
            ...{ stream, expected },
            proposals: proposals.map((p) => ({ ...p, contentType: 'application/octet-stream' })),
          });
        },
      ),
    );
  });

  it('is more than one message where it is large; the last is the end', () => {
    const payload = '元'.repeat(400_000);
    const proposals = Array.from({ length: 5 }, (_, n): Proposal => {
      return { id: String(n), type: 'T', payload, envelope: '', contentType: 'application/json' };
    });
    const messages = [...batchAppendRequests('a', 'book-a', 7, proposals)];
    for (const { length } of messages) expect(length).toBeLessThan(4 * 1024 * 1024);
    const read = readAppend(messages);
    expect(read.isFinal).toEqual([false, false, true]);
    expect(read.hasOptions).toEqual([true, false, false]);
    expect(new Set(read.ids)).toEqual(new Set(['a']));
    expect(read.proposals.map(({ id }) => id)).toEqual(['0', '1', '2', '3', '4']);
    expect(read.proposals.every((p) => p.contentType === 'application/json')).toBe(true);
  });
});

describe('what an append is answered with', () => {
  const answer = (id: shared.UUID) => new BatchAppendResp().setCorrelationId(id);
  const structured = (id: string) => {
    const bits = BigInt(`0x${id.replaceAll('-', '')}`);
    return new shared.UUID().setStructured(
      new shared.UUID.Structured()
        .setMostSignificantBits(String(BigInt.asIntN(64, bits >> 64n)))
        .setLeastSignificantBits(String(BigInt.asIntN(64, bits))),
    );
  };

  it('has the id of the append, as it was sent or as two integers', () => {
    const ids = fc.oneof(
      fc.uuid(),
      fc.constant('00000000-0000-0000-8000-000000000000'),
      fc.constant('ffffffff-ffff-ffff-0000-000000000000'),
    );
    fc.assert(
      fc.property(ids, (id) => {
        for (const form of [new shared.UUID().setString(id), structured(id)]) {
          const bytes = answer(form).setSuccess(new BatchAppendResp.Success()).serializeBinary();
          expect(decodeAppendAnswer(bytes)).toEqual({ id, failure: undefined });
        }
      }),
    );
  });

  it('may be that it failed', () => {
    const id = '0f0e0d0c-0b0a-0908-0706-050403020100';
    const busy = new status.Status().setMessage('Server Is Busy');
    const read = decodeAppendAnswer(answer(structured(id)).setError(busy).serializeBinary());
    expect(read.id).toBe(id);
    expect(read.failure).toBeInstanceOf(NoAnswer);
    expect(read.failure?.message).toContain('Server Is Busy');
  });
});

describe('what a read is answered with', () => {
  const { ReadEvent } = ReadResp;
  interface Told {
    readonly id: string;
    readonly stream: string;
    readonly revision: string;
    readonly at: number;
    readonly type: string;
    readonly payload: Uint8Array;
    readonly envelope: Uint8Array;
  }
  function bytesOf({ id, stream, revision, at, type, payload, envelope }: Told): Uint8Array {
    const recorded = new ReadEvent.RecordedEvent()
      .setId(new shared.UUID().setString(id))
      .setStreamIdentifier(new shared.StreamIdentifier().setStreamName(Buffer.from(stream, 'utf8')))
      .setStreamRevision(revision)
      .setCommitPosition(String(at))
      .setPreparePosition(String(at))
      .setData(payload)
      .setCustomMetadata(envelope);
    recorded.getMetadataMap().set('created', '1').set('type', type);
    const event = new ReadEvent().setEvent(recorded).setCommitPosition(String(at));
    return new ReadResp().setEvent(event).serializeBinary();
  }
  const told: Told = {
    ...{ id: 'i', stream: 'book-a', revision: '3', at: 9, type: 'T' },
    ...{ payload: Buffer.from('p'), envelope: Buffer.from('e') },
  };

  it('is the event that the generated code wrote', () => {
    const parts = fc.record({ id: fc.uuid(), stream: text, payload: text, envelope: text });
    fc.assert(
      fc.property(parts, revision, fc.maxSafeNat(), ({ payload, envelope, ...names }, n, at) => {
        const [data, metadata] = [Buffer.from(payload), Buffer.from(envelope)];
        const bytes = bytesOf({
          ...{ ...told, ...names, revision: String(n), at },
          ...{ payload: data, envelope: metadata },
        });
        expect(decodeAnswer(bytes)).toEqual({
          ...{ isEvent: true, position: { commit: at, prepare: at } },
          record: {
            ...{ ...names, revision: n, commit: at, prepare: at, type: 'T' },
            ...{ payload, envelope },
          },
        });
      }),
    );
  });

  it('has a place and no record where the event is one of the server’s own, a tombstone say', () => {
    const tombstone = { ...told, type: '$streamDeleted', revision: '9223372036854775807' };
    expect(decodeAnswer(bytesOf(tombstone))).toEqual({
      ...{ isEvent: true, position: { commit: 9, prepare: 9 }, record: undefined },
    });
  });

  it('is refused where it counts further than a number can', () => {
    const far = { ...told, revision: String(2 ** 53) };
    expect(() => decodeAnswer(bytesOf(far))).toThrow('too far to be exact');
    expect(() => decodeAnswer(bytesOf({ ...told, at: 2 ** 53 }))).toThrow('too far to be exact');
  });

  it('keeps bytes apart that are no UTF-8', () => {
    const odd = { ...told, envelope: Uint8Array.from([0x7b, 0xff, 0x7d]) };
    expect(decodeAnswer(bytesOf(odd)).record?.envelope).toBe('{ÿ}');
  });

  it('may be a place, or nothing that is of use', () => {
    const checkpoint = new ReadResp.Checkpoint().setCommitPosition('7').setPreparePosition('5');
    expect(decodeAnswer(new ReadResp().setCheckpoint(checkpoint).serializeBinary())).toEqual({
      ...{ isEvent: false, position: { commit: 7, prepare: 5 }, record: undefined },
    });
    const caughtUp = new ReadResp().setCaughtUp(new ReadResp.CaughtUp()).serializeBinary();
    expect(decodeAnswer(caughtUp).position).toBeUndefined();
  });

  it('that is cut off is an error', () => {
    const bytes = bytesOf(told);
    expect(() => decodeAnswer(bytes.subarray(0, bytes.length - 3))).toThrow(RangeError);
  });
});
