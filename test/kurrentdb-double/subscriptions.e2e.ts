import { expect, test } from '@jest/globals';
import { eventTypeFilter, jsonEvent, streamNameFilter } from '@eventstore/db-client';
import { append, follow, isBook, numbered, textOf, until, withDouble } from './trying.js';

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
