import { describe, expect, test } from '@jest/globals';
import { setTimeout as wait } from 'node:timers/promises';
import type { Double, Loss } from './double.mjs';
import { errorOf, event, follow, isBook, textsOf, until, withDouble } from './trying.js';

/** How an answer is lost so that the client hears of it, and what it makes of that. */
const LOSSES = [
  ['disconnect', 'unavailable'],
  ['error', 'unavailable'],
  ['cancel', 'cancelled'],
] as const satisfies [Loss, string][];
const NO = { expectedRevision: 'no_stream' } as const;
const booksOf = (double: Double) =>
  double
    .log()
    .filter(isBook)
    .map(({ data }) => data.toString('utf8'));

describe.each([
  ['in batches', true],
  ['one by one', false],
])('appending %s', (_, batchAppend) => {
  test.each(LOSSES)('an answer lost by %s leaves a write', (how, type) =>
    withDouble({ batchAppend }, async (double, client) => {
      double.faults.dropReplyAfterWrite(1, how);
      expect(await errorOf(client.appendToStream('book-a', event('1'), NO))).toBe(type);
      expect(booksOf(double)).toEqual(['1']);
      double.faults.clear();
      const next = client.appendToStream('book-a', event('2'), { expectedRevision: 0n });
      expect(await errorOf(next)).toBe('none');
    }),
  );

  test.each(LOSSES)('a failure by %s before leaves none', (how, type) =>
    withDouble({ batchAppend }, async (double, client) => {
      double.faults.failBeforeWrite(1, how);
      expect(await errorOf(client.appendToStream('book-a', event('1'), NO))).toBe(type);
      expect(booksOf(double)).toEqual([]);
      double.faults.clear();
      expect(await errorOf(client.appendToStream('book-a', event('1'), NO))).toBe('none');
    }),
  );

  test('slow answers come late, the write at once', () =>
    withDouble({ batchAppend }, async (double, client) => {
      double.faults.slowReplies(300, 350);
      const start = performance.now();
      let answered = false;
      const appended = client.appendToStream('book-a', event('1'), NO).then(() => {
        answered = true;
      });
      await until(() => booksOf(double).length === 1);
      expect(answered).toBe(false);
      await appended;
      expect(performance.now() - start).toBeGreaterThanOrEqual(295);
    }));

  test('stalled appends are written when released, in their order', () =>
    withDouble({ batchAppend }, async (double, client) => {
      await client.appendToStream('book-a', event('0'), NO);
      const release = double.faults.stall('append');
      const appends = ['1', '2', '3'].map((text) => client.appendToStream('book-a', event(text)));
      await wait(50);
      expect(booksOf(double)).toEqual(['0']);
      release();
      await Promise.all(appends);
      const written = booksOf(double);
      // calls of their own may overtake each other on the way, those of a batch call may not
      expect(batchAppend ? written : written.toSorted()).toEqual(['0', '1', '2', '3']);
    }));
});

test('an answer that never comes: a call of its own ends at its deadline, one in a batch does not', () =>
  withDouble({}, async (double, client) => {
    double.faults.dropReplyAfterWrite(1, 'silence');
    const credentials = { username: 'ledger', password: 'secret' };
    const options = { ...NO, deadline: 100 };
    const alone = client.appendToStream('book-a', event('1'), { ...options, credentials });
    expect(await errorOf(alone)).toBe('deadline-exceeded');
    const inBatch = errorOf(client.appendToStream('book-b', event('2'), options));
    expect(await Promise.race([inBatch, wait(400, 'still waiting')])).toBe('still waiting');
    expect(booksOf(double)).toEqual(['1', '2']);
    double.disconnectAll();
    expect(await inBatch).toBe('unavailable');
  }));

test('the same seed loses the same answers', async () => {
  const lost = async (seed: number) => {
    const errors: string[] = [];
    await withDouble({ seed, batchAppend: false }, async (double, client) => {
      double.faults.dropReplyAfterWrite(0.5, 'error');
      for (let i = 0; i < 20; i += 1)
        errors.push(await errorOf(client.appendToStream(`book-${i}`, event(`${i}`), NO)));
    });
    return errors;
  };
  const errors = await lost(7);
  expect(new Set(errors)).toEqual(new Set(['none', 'unavailable']));
  expect(await lost(7)).toEqual(errors);
  expect(await lost(8)).not.toEqual(errors);
});

test('an unavailable node refuses appends, reads and subscriptions until it is available', () =>
  withDouble({}, async (double, client) => {
    await client.appendToStream('book-a', event('1'), NO);
    double.faults.unavailable();
    expect(await errorOf(client.appendToStream('book-b', event('2'), NO))).toBe('unavailable');
    expect(await errorOf(textsOf(client.readStream('book-a')))).toBe('unavailable');
    const { said } = follow(client);
    await until(() => said.length > 0);
    expect(said).toEqual(['unavailable']);
    double.faults.unavailable(false);
    expect(await textsOf(client.readStream('book-a'))).toEqual(['1']);
  }));

test('disconnecting all ends what is under way, and new connections are taken', () =>
  withDouble({}, async (double, client) => {
    const { said, texts } = follow(client);
    await until(() => said.includes('caughtUp'));
    expect(double.counters().connections).toBe(1);
    double.disconnectAll();
    await until(() => said.length === 3);
    expect(said).toEqual(['confirmation', 'caughtUp', 'unavailable']);
    expect(double.counters().open).toBe(0);
    await client.appendToStream('book-a', event('1'), NO);
    const again = follow(client);
    await until(() => again.texts.length === 1);
    expect(texts).toEqual([]);
    await again.subscription.unsubscribe();
  }));

describe.each(LOSSES)('cut by %s after two events', (how, type) => {
  test('a read ends in an error, the next one is whole', () =>
    withDouble({}, async (double, client) => {
      const five = ['1', '2', '3', '4', '5'];
      for (const text of five) await client.appendToStream('book-a', event(text));
      double.faults.cutNext('read', 2, how);
      expect(await errorOf(textsOf(client.readStream('book-a')))).toBe(type);
      expect(await textsOf(client.readStream('book-a'))).toEqual(five);
    }));

  test('a subscription ends in an error and can be resumed where it was', () =>
    withDouble({}, async (double, client) => {
      for (const text of ['1', '2', '3', '4']) await client.appendToStream('book-a', event(text));
      double.faults.cutNext('subscription', 2, how);
      const cut = follow(client);
      await until(() => cut.said.includes(type));
      const last = cut.positions.at(-1);
      const rest = follow(client, { from: last ?? 'start' });
      await until(() => cut.texts.length + rest.texts.length === 4);
      expect([...cut.texts, ...rest.texts]).toEqual(['1', '2', '3', '4']);
      await rest.subscription.unsubscribe();
    }));
});

test('a silent cut: a subscription stays open and says nothing more', () =>
  withDouble({}, async (double, client) => {
    double.faults.cutNext('subscription', 1, 'silence');
    const { texts, said, subscription } = follow(client);
    await until(() => said.includes('caughtUp'));
    for (const text of ['1', '2', '3']) await client.appendToStream('book-a', event(text));
    await wait(50);
    expect(texts).toEqual(['1']);
    expect(double.counters().open).toBe(1);
    await subscription.unsubscribe();
    await until(() => double.counters().open === 0);
  }));

test('a silent cut: a read neither ends nor fails', () =>
  withDouble({}, async (double, client) => {
    await client.appendToStream('book-a', [event('1'), event('2')], NO);
    double.faults.cutNext('read', 1, 'silence');
    const read = errorOf(textsOf(client.readStream('book-a')));
    expect(await Promise.race([read, wait(100, 'still waiting')])).toBe('still waiting');
    double.disconnectAll();
    expect(await read).toBe('unavailable');
  }));

test('a stalled read goes on by itself after its time', () =>
  withDouble({}, async (double, client) => {
    await client.appendToStream('book-a', event('1'), NO);
    double.faults.stall('read', 100);
    const start = performance.now();
    expect(await textsOf(client.readStream('book-a'))).toEqual(['1']);
    expect(performance.now() - start).toBeGreaterThanOrEqual(95);
  }));
