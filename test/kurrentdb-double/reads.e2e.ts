import { expect, test } from '@jest/globals';
import type { AllStreamResolvedEvent } from '@eventstore/db-client';
import type { LogRecord } from './double.mjs';
import {
  allOf,
  append,
  errorOf,
  follow,
  isBook,
  numbered,
  textsOf,
  until,
  withDouble,
} from './trying.js';

const placed = ({ event }: AllStreamResolvedEvent) => event?.position;

test('a stream is read from either end, from a revision on and up to a count', () =>
  withDouble({}, async (_double, client) => {
    await append(client, 'book-a', ...numbered(0, 4));
    const read = (options: Parameters<typeof client.readStream>[1]) =>
      textsOf(client.readStream('book-a', options));
    const back = { direction: 'backwards' } as const;
    expect(await read({})).toEqual(['0', '1', '2', '3', '4']);
    expect(await read({ fromRevision: 2n, maxCount: 2 })).toEqual(['2', '3']);
    expect(await read({ fromRevision: 9n })).toEqual([]);
    expect(await read({ ...back, fromRevision: 'end', maxCount: 2 })).toEqual(['4', '3']);
    expect(await read({ ...back, fromRevision: 1n })).toEqual(['1', '0']);
    expect(await read({ ...back, fromRevision: 9n, maxCount: 1 })).toEqual(['4']);
    expect(await read({ ...back, fromRevision: 'start' })).toEqual(['0']);
    await expect(textsOf(client.readStream('book-none'))).rejects.toMatchObject({
      type: 'stream-not-found',
      streamName: 'book-none',
    });
  }));

test('$all is read forwards from a position on and backwards from before it', () =>
  withDouble({}, async (double, client) => {
    await append(client, 'book-a', ...numbered(0, 4));
    await append(client, 'book-b', ...numbered(5, 9));
    const all = double.log().map(({ position }) => position);
    const at = (i: number) => all[i] as LogRecord['position'];
    const read = async (options: Parameters<typeof client.readAll>[0]) =>
      (await allOf(client.readAll(options))).map(placed);
    const back = { direction: 'backwards' } as const;
    expect(await read({})).toEqual(all);
    expect(await read({ fromPosition: at(3), maxCount: 2 })).toEqual([at(3), at(4)]);
    expect(await read({ ...back, fromPosition: at(3) })).toEqual([at(2), at(1), at(0)]);
    expect(await read({ ...back, fromPosition: 'end', maxCount: 1 })).toEqual([all.at(-1)]);
    const none = { commit: at(3).commit + 1n, prepare: at(3).prepare + 1n };
    await expect(read({ fromPosition: none })).rejects.toThrow('invalid position');
  }));

test('positions grow with gaps, and records of the system lie between', () =>
  withDouble({ systemEventEvery: 2 }, async (double, client) => {
    for (const text of numbered(1, 20)) await append(client, `book-${text}`, text);
    const log = double.log();
    const commits = log.map(({ position }) => position.commit);
    const steps = commits.slice(1).map((commit, i) => commit - (commits[i] as bigint));
    expect(steps.every((step) => step > 1n)).toBe(true);
    expect(new Set(steps).size).toBeGreaterThan(1);
    const system = log.map(({ stream }, i) => (stream.startsWith('$') ? i : -1));
    expect(system.filter((i) => i > 0 && i < log.length - 1).length).toBeGreaterThanOrEqual(9);
  }));

test('the rank among filtered streams is that of $all, however it is read', () =>
  withDouble({ systemEventEvery: 3 }, async (double, client) => {
    for (const text of numbered(1, 60))
      await append(client, Number(text) % 4 === 0 ? 'vault-1' : `book-${Number(text) % 7}`, text);
    const { texts, positions, subscription } = follow(client);
    const books = double.log().filter(isBook);
    await until(() => texts.length === books.length);
    const read = await allOf(client.readAll());
    const readBooks = read.filter(({ event }) => event?.streamId.startsWith('book-'));
    expect(texts).toEqual(books.map(({ data }) => data.toString('utf8')));
    expect(positions).toEqual(books.map(({ position }) => position));
    expect(readBooks.map(placed)).toEqual(positions);
    await subscription.unsubscribe();
  }));

test('metadata of a stream is a stream like others', () =>
  withDouble({}, async (_double, client) => {
    await append(client, 'book-a', '0', '1', '2');
    await client.setStreamMetadata('book-a', { truncateBefore: 1, owner: 'treasury' });
    const { metadata } = await client.getStreamMetadata('book-a');
    expect(metadata).toMatchObject({ truncateBefore: 1, owner: 'treasury' });
    expect(await textsOf(client.readStream('book-a'))).toEqual(['1', '2']);
    expect(await errorOf(textsOf(client.readStream('$$book-b')))).toBe('stream-not-found');
  }));
