import { describe, expect, test } from '@jest/globals';
import { allOf, errorOf, event, textsOf, withDouble } from './trying.js';

const NO = { expectedRevision: 'no_stream' } as const;
const at = (revision: bigint) => ({ expectedRevision: revision });

describe.each([
  ['in batches', true],
  ['one by one', false],
])('with appends %s', (_, batchAppend) => {
  test('a tombstone ends a stream for ever and stays in $all', () =>
    withDouble({ batchAppend, systemEventEvery: 0 }, async (double, client) => {
      await client.appendToStream('book-a', event('1'), NO);
      expect(await errorOf(client.tombstoneStream('book-a', at(7n)))).toBe(
        'wrong-expected-version',
      );
      const { position } = await client.tombstoneStream('book-a', at(0n));
      expect(double.log().at(-1)).toMatchObject({
        stream: 'book-a',
        type: '$streamDeleted',
        revision: 2n ** 63n - 1n,
        position,
      });
      const attempts = [
        client.appendToStream('book-a', event('2')),
        client.deleteStream('book-a'),
        textsOf(client.readStream('book-a')),
      ];
      const deleted = { type: 'stream-deleted', streamName: 'book-a' };
      await Promise.all(attempts.map((attempt) => expect(attempt).rejects.toMatchObject(deleted)));
      const all = await allOf(client.readAll());
      expect(all.map(({ event }) => event?.type)).toEqual([
        '$statsCollected',
        'Noted',
        '$streamDeleted',
      ]);
    }));

  test('a deleted stream is not found until it is written again, behind the old revisions', () =>
    withDouble({ batchAppend, systemEventEvery: 0 }, async (double, client) => {
      await client.appendToStream('book-a', [event('1'), event('2')], NO);
      await client.deleteStream('book-a', at(1n));
      const metadata = double.log().at(-1);
      expect(metadata).toMatchObject({ stream: '$$book-a', type: '$metadata' });
      expect(metadata?.data.toString('utf8')).toBe('{"$tb":9223372036854775807}');
      expect(await errorOf(textsOf(client.readStream('book-a')))).toBe('stream-not-found');
      const existing = { expectedRevision: 'stream_exists' } as const;
      const refused = client.appendToStream('book-a', event('3'), existing);
      expect(await errorOf(refused)).toBe('stream-deleted');
      const again = await client.appendToStream('book-a', event('3'), NO);
      expect(again.nextExpectedRevision).toBe(2n);
      expect(await textsOf(client.readStream('book-a'))).toEqual(['3']);
    }));
});
