import { expect, test } from '@jest/globals';
import {
  eventTypeFilter,
  jsonEvent,
  streamNameFilter,
  type AllStreamResolvedEvent,
  type EventStoreDBClient,
} from '@eventstore/db-client';
import type { LogRecord } from './double.mjs';
import { allOf, errorOf, event, follow, textOf, textsOf, until, withDouble } from './trying.js';

const numbered = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => `${from + i}`);
const append = (client: EventStoreDBClient, stream: string, ...texts: string[]) =>
  client.appendToStream(
    stream,
    texts.map((text) => event(text)),
  );
const isBook = ({ stream }: LogRecord) => stream.startsWith('book-');
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

test.each([
  ['stream names by a pattern', streamNameFilter({ regex: '^book-[bc]$' }), ['2', '3']],
  ['stream names by prefixes', streamNameFilter({ prefixes: ['book-a', 'log-'] }), ['1', '4']],
  ['event types by a pattern', eventTypeFilter({ regex: '^No' }), ['1', '2', '3', '4']],
  ['event types by prefixes', eventTypeFilter({ prefixes: ['Other'] }), ['{"n":5}']],
])('a subscription filters %s', (_, filter, expected) =>
  withDouble({ systemEventEvery: 2 }, async (_double, client) => {
    for (const [i, stream] of ['book-a', 'book-b', 'book-c', 'log-keys'].entries())
      await append(client, stream, `${i + 1}`);
    await client.appendToStream('other', jsonEvent({ type: 'Other', data: { n: 5 } }));
    const texts: string[] = [];
    const subscription = client.subscribeToAll({ filter });
    subscription.on('data', ({ event }) =>
      texts.push(event?.isJson ? JSON.stringify(event.data) : textOf(event)),
    );
    await new Promise((resolve) => subscription.once('caughtUp', resolve));
    expect(texts).toEqual(expected);
    await subscription.unsubscribe();
  }),
);

test('a subscription confirms, gives what is there, says that it caught up and goes on live', () =>
  withDouble({}, async (_double, client) => {
    await append(client, 'book-a', '1', '2');
    const { texts, said, checkpoints, positions, subscription } = follow(client);
    await until(() => said.includes('caughtUp'));
    expect(said).toEqual(['confirmation', 'caughtUp']);
    expect(texts).toEqual(['1', '2']);
    expect(checkpoints).toEqual([positions.at(-1)]);
    await append(client, 'book-b', '3');
    await until(() => texts.length === 3);
    await subscription.unsubscribe();
    await append(client, 'book-b', '4');
    expect(texts).toEqual(['1', '2', '3']);
    expect(said).toEqual(['confirmation', 'caughtUp']);
  }));

test('a subscription from the end gives only what comes', () =>
  withDouble({}, async (_double, client) => {
    await append(client, 'book-a', '1', '2');
    const { texts, said, checkpoints, subscription } = follow(client, { from: 'end' });
    await until(() => said.includes('caughtUp'));
    await append(client, 'book-a', '3');
    await until(() => texts.length > 0);
    expect(texts).toEqual(['3']);
    expect(checkpoints).toEqual([]);
    await subscription.unsubscribe();
  }));

test('checkpoints come after so many records considered, also where none passed the filter', () =>
  withDouble({ systemEventEvery: 0 }, async (double, client) => {
    await append(client, 'book-a', '1');
    double.writeSystemEvents(50);
    const log = double.log();
    const options = { checkpointInterval: 2, maxSearchWindow: 5 };
    const { checkpoints, said, subscription } = follow(client, options);
    await until(() => said.includes('caughtUp'));
    const every10 = [9, 19, 29, 39, 49, 51].map((i) => log[i]?.position);
    expect(checkpoints).toEqual(every10);
    double.writeSystemEvents(10);
    await until(() => checkpoints.length === 7);
    expect(checkpoints.at(-1)).toEqual(double.log()[61]?.position);
    await subscription.unsubscribe();
  }));

test('a subscription resumed at any position or checkpoint misses nothing and doubles nothing', () =>
  withDouble({ systemEventEvery: 2 }, async (double, client) => {
    for (const text of numbered(1, 40)) await append(client, `book-${Number(text) % 3}`, text);
    const whole = follow(client, { maxSearchWindow: 3 });
    await until(() => whole.texts.length === 40);
    const places = [...whole.positions, ...whole.checkpoints];
    expect(whole.checkpoints.length).toBeGreaterThan(10);
    for (const from of places) {
      const rest = double.log().filter((r) => isBook(r) && r.position.commit > from.commit);
      const { texts, said, subscription } = follow(client, { from });
      await until(() => said.includes('caughtUp'));
      expect(texts).toEqual(rest.map(({ data }) => data.toString('utf8')));
      await subscription.unsubscribe();
    }
    await whole.subscription.unsubscribe();
  }));

test('a subscription to a stream gives what comes after a revision, and ends with its tombstone', () =>
  withDouble({}, async (_double, client) => {
    await append(client, 'book-a', '0', '1', '2');
    const subscription = client.subscribeToStream('book-a', { fromRevision: 0n });
    const texts: string[] = [];
    const error = new Promise((resolve) => subscription.once('error', resolve));
    subscription.on('data', ({ event }) => texts.push(textOf(event)));
    await append(client, 'book-b', 'other');
    await append(client, 'book-a', '3');
    await until(() => texts.length === 3);
    await client.tombstoneStream('book-a');
    expect(await error).toMatchObject({ type: 'stream-deleted', streamName: 'book-a' });
    expect(texts).toEqual(['1', '2', '3']);
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

test('a slow consumer is seen: what it does not take stays with the node', () =>
  withDouble({ systemEventEvery: 0 }, async (double, client) => {
    const large = 'x'.repeat(100_000);
    for (let i = 0; i < 100; i += 1) await append(client, 'book-a', `${i} ${large}`);
    const all = follow(client);
    all.subscription.pause();
    await until(() => double.counters().waits > 0 && double.counters().unsent > 0);
    const { bytes } = double.counters();
    expect(bytes).toBeLessThan(5_000_000);
    all.subscription.resume();
    await until(() => all.texts.length === 100);
    expect(all.texts.map((text) => parseInt(text))).toEqual([...Array(100).keys()]);
    expect(double.counters().bytes).toBeGreaterThan(10_000_000);
    expect(double.counters().unsent).toBe(0);
    await all.subscription.unsubscribe();
    await until(() => double.counters().open === 0);
  }));

test('a live subscriber that stays behind is told so, catches up and loses nothing', () =>
  withDouble({}, async (double, client) => {
    const { texts, said, subscription } = follow(client);
    await until(() => said.includes('caughtUp'));
    const release = double.faults.stall('subscription');
    for (const text of numbered(1, 100)) await append(client, 'book-a', text);
    expect(texts).toEqual([]);
    release();
    await until(() => texts.length === 100 && said.length === 4);
    expect(said).toEqual(['confirmation', 'caughtUp', 'fellBehind', 'caughtUp']);
    expect(texts).toEqual(numbered(1, 100));
    await subscription.unsubscribe();
  }));
