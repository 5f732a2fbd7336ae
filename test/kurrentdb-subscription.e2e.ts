import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  CommandRunner,
  EMPTY_STREAM,
  faultOfStored,
  KurrentEventStore,
  leafHex,
  sealEvents,
  StoreUnavailable,
  WrongRevision,
  type StreamHead,
} from '#event-store';
import { startDouble, type Double } from './kurrentdb-double/double.mjs';
import {
  bookOf,
  commandOf,
  logOf,
  namesOf,
  recording,
  stringOf,
  until,
  wholeLog,
} from './kurrentdb.js';

const BOOK = bookOf('U');
let double: Double;
let node: KurrentEventStore;
let rival: KurrentEventStore;
beforeEach(async () => {
  double = await startDouble();
  node = await KurrentEventStore.open({ connectionString: stringOf(double) });
  rival = await KurrentEventStore.open({ connectionString: stringOf(double) });
});
afterEach(async () => {
  double.faults.clear();
  await Promise.all([node.close(), rival.close()]);
  await double.stop();
});

const seal = (head: StreamHead, commandId: string, actor = 'clerk') =>
  sealEvents(node.origin, BOOK, head, { ...recording, actor }, [
    {
      event: { type: 'StatisticRecorded', data: { key: 'k', text: commandId } },
      date: '2024-06-01',
      commandId,
      commandHash: 'f'.repeat(64),
    },
  ]);
const after = (sealed: ReturnType<typeof seal>, revision: number): StreamHead => ({
  revision,
  leaf: sealed.at(-1)!.leaf,
});
const errorOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('a subscription that stalls', () => {
  it('an append is not answered, the node says that it is behind, and goes on once it is not', async () => {
    const runner = new CommandRunner(node);
    await runner.run(commandOf('U', 0), recording);
    const release = double.faults.stall('subscription');
    const refused = await runner.run(commandOf('U', 1), recording);
    expect(refused.ok).toBe(false);
    if (!refused.ok)
      expect(refused.error.message).toContain('whether this was recorded is not known');
    expect(node.caughtUp).toBe(false);
    release();
    await until('the node has caught up', () => node.caughtUp);
    const again = await runner.run(commandOf('U', 1), recording);
    expect(again).toMatchObject({ ok: true, value: { revision: 1, index: 1, replayed: true } });
    expect(logOf(double)).toHaveLength(2);
  });

  it('one that dies without a word is begun again where it was', async () => {
    const { subscriptions } = double.counters();
    for (const store of [node, rival]) await errorOf(store.readLog(0, 1));
    double.faults.cutNext('subscription', 1, 'silence');
    double.disconnectAll();
    await until('both follow again', () => double.counters().subscriptions >= subscriptions + 2);
    const runner = new CommandRunner(rival);
    for (let n = 0; n < 20; n++)
      await until(`command ${n}`, async () => (await runner.run(commandOf('U', n), recording)).ok);
    const both = [node, rival];
    await until('both have all', async () =>
      (await Promise.all(both.map((store) => store.size()))).every((size) => size === 20),
    );
    await until('both have caught up', () => both.every((store) => store.caughtUp));
    for (const store of both) expect(namesOf(await wholeLog(store))).toEqual(logOf(double));
  });

  it('a node that starts does not say that it has caught up before it has', async () => {
    const runner = new CommandRunner(rival);
    const commands = Array.from({ length: 200 }, (_, n) => commandOf('U', n));
    await runner.runAtomically(commands, recording);
    double.faults.cutNext('subscription', 100, 'disconnect');
    const release = double.faults.stall('subscription');
    const late = await KurrentEventStore.open({
      connectionString: stringOf(double),
      waitForCatchUp: false,
    });
    expect([late.caughtUp, await late.size()]).toEqual([false, 0]);
    release();
    await until('it has caught up', () => late.caughtUp);
    expect(await late.size()).toBe(200);
    await late.close();
  });
});

describe('an append whose outcome is not known', () => {
  it.each(['disconnect', 'error', 'silence'] as const)(
    'is not written twice where only its answer was lost (%s)',
    async (how) => {
      const before = double.counters().appends;
      double.faults.dropReplyAfterWrite(1, how);
      expect(await node.append(BOOK, -1, seal(EMPTY_STREAM, '1'))).toEqual({
        index: 0,
        revision: 0,
      });
      // a second write would be one that the server's own idempotency has to stop
      expect(double.counters().appends - before).toBe(1);
      expect(logOf(double)).toHaveLength(1);
    },
  );

  it('is written again where it was lost on its way', async () => {
    double.faults.failBeforeWrite(1, 'error');
    const appending = node.append(BOOK, -1, seal(EMPTY_STREAM, '1'));
    setTimeout(() => double.faults.failBeforeWrite(0), 100);
    expect(await appending).toEqual({ index: 0, revision: 0 });
  });

  it('is given up in the end, and then says that it is not known', async () => {
    double.faults.failBeforeWrite(1, 'error');
    const error = await errorOf(node.append(BOOK, -1, seal(EMPTY_STREAM, '1')));
    expect(error).toBeInstanceOf(StoreUnavailable);
    expect(error).toMatchObject({ outcome: 'unknown' });
  });

  it('a refusal for good is known to have stored nothing', async () => {
    double.faults.refuseNextAppend('access-denied');
    const error = await errorOf(node.append(BOOK, -1, seal(EMPTY_STREAM, '1')));
    expect(error).toMatchObject({ name: 'StoreUnavailable', outcome: 'not-stored' });
  });
});

describe('a rival on another node', () => {
  it('in exactly the place of an append that others are stacked on stops those as well', async () => {
    const first = seal(EMPTY_STREAM, '1');
    double.faults.failBeforeWrite(1, 'silence');
    const appending = node.append(BOOK, -1, first);
    // once the first is on its way, so that the second is not sent with it
    await wait(50);
    const stacked = node.append(BOOK, 0, seal(after(first, 0), '2'));
    await wait(50);
    double.faults.failBeforeWrite(0);
    await rival.append(BOOK, -1, seal(EMPTY_STREAM, 'rival'));
    const errors = await Promise.all([errorOf(appending), errorOf(stacked)]);
    expect(errors.map((error) => error instanceof WrongRevision)).toEqual([true, true]);
    expect((errors[1] as Error).message).toBe(`${BOOK} has another event at revision 0`);
    expect(logOf(double)).toEqual([`${BOOK} 0 rival`]);
  });

  it('racing for every revision of a book leaves each command once and the chain whole', async () => {
    const runners = [new CommandRunner(node), new CommandRunner(rival)];
    expect(await runners[0]!.run(commandOf('U', 0), recording)).toMatchObject({ ok: true });
    const insist = async (runner: CommandRunner, n: number) => {
      for (;;) {
        const result = await runner.run(commandOf('U', n), recording);
        if (result.ok) return;
        // the other was faster four times in a row
        expect(result.error.code).toBe('revision-conflict');
      }
    };
    for (let n = 1; n <= 40; n += 2)
      await Promise.all(runners.map((runner, i) => insist(runner, n + i)));
    expect(new Set(logOf(double).map((name) => name.split(' ')[2])).size).toBe(41);
    expect(logOf(double)).toHaveLength(41);
    let leaf = '';
    for (const event of await node.readStream(BOOK, 0, 100)) {
      expect(faultOfStored(event, node.origin, leaf)).toBeUndefined();
      leaf = leafHex(event.envelope);
    }
  });

  it('with an event of the same id is not taken for our own, though the server says yes', async () => {
    const release = double.faults.stall('subscription');
    const theirs = rival.append(BOOK, -1, seal(EMPTY_STREAM, '1', 'rival'));
    await until('theirs is stored', () => logOf(double).length === 1);
    const ours = errorOf(node.append(BOOK, -1, seal(EMPTY_STREAM, '1', 'clerk')));
    await until('ours was answered', () => double.counters().appends >= 3);
    release();
    expect(await ours).toBeInstanceOf(WrongRevision);
    expect(await theirs).toEqual({ index: 0, revision: 0 });
    expect(logOf(double)).toHaveLength(1);
  });
});
