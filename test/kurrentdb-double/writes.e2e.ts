import { describe, expect, test } from '@jest/globals';
import type { WrongExpectedVersionError } from '@eventstore/db-client';
import { clientOf, errorOf, event, idOf, textsOf, withDouble } from './trying.js';

const NO = { expectedRevision: 'no_stream' } as const;
const at = (revision: bigint) => ({ expectedRevision: revision });

describe.each([
  ['in batches', true],
  ['one by one', false],
])('appending %s', (_, batchAppend) => {
  test('keeps the bytes of data and metadata, the type and the id', () =>
    withDouble({ batchAppend }, async (double, client) => {
      await client.appendToStream('book-a', event('元 1.00', idOf(1)), NO);
      const written = double.log().find(({ stream }) => stream === 'book-a');
      expect(written).toMatchObject({ revision: 0n, id: idOf(1), type: 'Noted' });
      expect(written?.data.toString('utf8')).toBe('元 1.00');
      expect([...(written?.metadata ?? [])]).toEqual([0xff, 0x00]);
      expect(await textsOf(client.readStream('book-a'))).toEqual(['元 1.00']);
    }));

  test('tells the last revision and its position', () =>
    withDouble({ batchAppend }, async (double, client) => {
      const appended = await client.appendToStream('book-a', [event('1'), event('2')], NO);
      const last = double.log().findLast(({ stream }) => stream === 'book-a');
      expect(appended).toEqual({
        success: true,
        nextExpectedRevision: 1n,
        position: last?.position,
      });
    }));

  test.each([
    ['no_stream', 1n],
    ['stream_exists', undefined],
    [0n, 1n],
    [2n, 1n],
    [0n, undefined],
  ] as const)('expecting %s where the stream is at %s is refused', (expected, current) =>
    withDouble({ batchAppend }, async (double, client) => {
      if (current !== undefined)
        await client.appendToStream('book-a', [event('1'), event('2')], NO);
      const before = double.log().length;
      const attempt = client.appendToStream('book-a', event('3'), { expectedRevision: expected });
      const error = await attempt.catch((error: WrongExpectedVersionError) => error);
      expect(error).toMatchObject({
        type: 'wrong-expected-version',
        streamName: 'book-a',
        expectedVersion: expected,
        actualVersion: current ?? 'no_stream',
      });
      expect(double.log()).toHaveLength(before);
    }),
  );

  test.each(['any', 'stream_exists', 1n] as const)(
    'expecting %s where that holds is written',
    (e) =>
      withDouble({ batchAppend }, async (_double, client) => {
        await client.appendToStream('book-a', [event('1'), event('2')], NO);
        const appended = await client.appendToStream('book-a', event('3'), { expectedRevision: e });
        expect(appended.nextExpectedRevision).toBe(2n);
      }),
  );

  test('the same ids where they were expected succeed and are not written again', () =>
    withDouble({ batchAppend }, async (double, client) => {
      const twice = [event('1', idOf(1)), event('2', idOf(2))];
      const first = await client.appendToStream('book-a', twice, NO);
      await client.appendToStream('book-a', event('3', idOf(3)), at(1n));
      const length = double.log().length;
      expect(await client.appendToStream('book-a', twice, NO)).toEqual(first);
      expect(await client.appendToStream('book-a', twice)).toEqual(first);
      expect(double.log()).toHaveLength(length);
    }));

  test('the same id at the current revision is written a second time', () =>
    withDouble({ batchAppend }, async (_double, client) => {
      await client.appendToStream('book-a', event('1', idOf(1)), NO);
      await client.appendToStream('book-a', event('1', idOf(1)), at(0n));
      expect(await textsOf(client.readStream('book-a'))).toEqual(['1', '1']);
    }));

  test('ids of which only the first are there are refused', () =>
    withDouble({ batchAppend }, async (_double, client) => {
      await client.appendToStream('book-a', [event('1', idOf(1)), event('2', idOf(2))], NO);
      const partly = [event('1', idOf(1)), event('3', idOf(3))];
      expect(await errorOf(client.appendToStream('book-a', partly, NO))).toBe(
        'wrong-expected-version',
      );
      expect(await errorOf(client.appendToStream('book-a', partly))).toBe('wrong-expected-version');
    }));

  test('more than a mebibyte is refused, a mebibyte is not', () =>
    withDouble({ batchAppend }, async (_double, client) => {
      const bytesBeside = 2 * 'Noted'.length + 2;
      const most = 'x'.repeat(1024 * 1024 - bytesBeside);
      expect(await errorOf(client.appendToStream('book-a', event(most), NO))).toBe('none');
      const more = client.appendToStream('book-b', event(`${most}x`), NO);
      await expect(more).rejects.toMatchObject({
        type: 'maximum-append-size-exceeded',
        maxAppendSize: 1024 * 1024,
      });
    }));

  test.each([
    ['wrong-expected-version', 'wrong-expected-version'],
    ['stream-deleted', 'stream-deleted'],
    ['access-denied', 'access-denied'],
    ['invalid-transaction', batchAppend ? 'unknown' : 'invalid-transaction'],
    ['timeout', batchAppend ? 'deadline-exceeded' : 'timeout'],
    ['unknown', 'unknown'],
  ] as const)('the next append is refused as %s, once', (refusal, type) =>
    withDouble({ batchAppend }, async (double, client) => {
      const length = double.log().length;
      double.faults.refuseNextAppend(refusal);
      expect(await errorOf(client.appendToStream('book-a', event('1'), NO))).toBe(type);
      expect(double.log()).toHaveLength(length);
      expect(await errorOf(client.appendToStream('book-a', event('1'), NO))).toBe('none');
    }),
  );

  test('an append whose deadline is over writes nothing', () =>
    withDouble({ batchAppend }, async (double, client) => {
      await client.appendToStream('book-a', event('1'), NO);
      const late = client.appendToStream('book-a', event('2'), { deadline: -1 });
      expect(await errorOf(late)).toBe('deadline-exceeded');
      expect(double.log().filter(({ stream }) => stream === 'book-a')).toHaveLength(1);
    }));
});

test('an append with credentials goes one by one, though the node takes batches', () =>
  withDouble({}, async (double, client) => {
    const credentials = { username: 'ledger', password: 'secret' };
    const late = { ...NO, credentials, deadline: 50 };
    double.faults.stall('append');
    // only a call of its own has the deadline of gRPC; one in a batch would wait
    expect(await errorOf(client.appendToStream('book-a', event('1'), late))).toBe(
      'deadline-exceeded',
    );
  }));

test('3 200 appends, 64 at a time, all reach the log once and in the order of their streams', () =>
  withDouble({}, async (double, client) => {
    const [streams, each] = [64, 50];
    const write = async (stream: number) => {
      for (let i = 0; i < each; i += 1)
        await client.appendToStream(`book-${stream}`, event(`${i}`), {
          expectedRevision: i === 0 ? 'no_stream' : BigInt(i - 1),
        });
    };
    await Promise.all(Array.from({ length: streams }, (_, stream) => write(stream)));
    const texts = Map.groupBy(
      double.log().filter(({ stream }) => stream.startsWith('book-')),
      ({ stream }) => stream,
    );
    expect(texts.size).toBe(streams);
    for (const records of texts.values())
      expect(records.map(({ data }) => Number(data))).toEqual([...Array(each).keys()]);
  }));

test('connects to one node without asking for others', () =>
  withDouble({ nodes: 3 }, async (double) => {
    const client = clientOf(double.nodeString(2));
    await client.appendToStream('book-a', event('1'), NO); // handed on to the leader
    expect(await textsOf(client.readStream('book-a'))).toEqual(['1']);
    await client.dispose();
  }));
