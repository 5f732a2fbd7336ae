import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { CommandRunner, KurrentEventStore, type KurrentOptions } from '#event-store';
import { startDouble, type Double } from './kurrentdb-double/double.mjs';
import { bookOf, commandOf, logOf, namesOf, recording, wholeLog } from './kurrentdb.js';

const CHILD = fileURLToPath(import.meta.resolve('./kurrentdb-child.mjs'));
const root = mkdtempSync(join(tmpdir(), 'fiscal-kurrentdb-'));
afterAll(() => rmSync(root, { recursive: true }));

let double: Double;
let count = 0;
let directory: string;
const stores: KurrentEventStore[] = [];
beforeEach(async () => {
  double = await startDouble();
  directory = join(root, String(count++));
});
afterEach(async () => {
  await Promise.all(stores.splice(0).map((store) => store.close()));
  await double.stop();
});

const open = async (options: Partial<KurrentOptions> = {}) => {
  const store = await KurrentEventStore.open({
    connectionString: double.connectionString(),
    ...options,
  });
  stores.push(store);
  return store;
};
/** Records commands on a book, from the n-th on, in one append. */
const record = async (store: KurrentEventStore, unit: string, from: number, to: number) => {
  const commands = Array.from({ length: to - from }, (_, i) => commandOf(unit, from + i));
  const outcome = await new CommandRunner(store).runAtomically(commands, recording);
  if (!outcome.ok) throw new Error(outcome.error.message);
};

it('goes on from the stored position after a restart, and reads nothing twice', async () => {
  const first = await open({ directory });
  for (const unit of ['A', 'B', 'C']) await record(first, unit, 0, 100);
  const before = await wholeLog(first);
  await first.close();
  double.writeSystemEvents(50);
  const { messages } = double.counters();
  const second = await open({ directory });
  // a subscription from the start would have brought 300 events
  expect(double.counters().messages - messages).toBeLessThan(20);
  expect(await wholeLog(second)).toEqual(before);
  await record(second, 'A', 100, 101);
  expect((await wholeLog(second)).at(-1)?.index).toBe(300);
});

it('an index that was deleted is made again, the same', async () => {
  const first = await open({ directory });
  for (const unit of ['A', 'B']) await record(first, unit, 0, 40);
  await record(first, 'A', 40, 60);
  const before = await wholeLog(first);
  await first.close();
  rmSync(join(directory, 'log-index.db'));
  const second = await open({ directory });
  expect(await wholeLog(second)).toEqual(before);
  expect((await second.findCommand(bookOf('A'), 'A-50'))?.index).toBe(90);
});

it('an index of another log is thrown away', async () => {
  const first = await open({ directory });
  await record(first, 'A', 0, 30);
  await first.close();
  await double.stop();
  double = await startDouble();
  const other = await open({ directory });
  expect(other.origin).not.toBe(first.origin);
  expect(await other.size()).toBe(0);
  await record(other, 'B', 0, 2);
  expect(namesOf(await wholeLog(other))).toEqual(logOf(double));
});

it('two nodes that write at once count alike, and a file that two processes share is counted once', async () => {
  const nodes = [await open({ directory }), await open({ directory }), await open()];
  await Promise.all(
    nodes.map(async (node, n) => {
      for (let i = 0; i < 30; i++) await record(node, `U${n}`, i, i + 1);
    }),
  );
  const late = await open();
  const logs = await Promise.all([...nodes, late].map(wholeLog));
  expect(namesOf(logs[0]!)).toEqual(logOf(double));
  for (const log of logs) expect(log).toEqual(logs[0]);
  for (const node of [...nodes, late]) expect(await node.faults()).toEqual([]);
});

it('a node killed at any moment has skipped and doubled nothing', async () => {
  const writer = await open();
  let kills = 0;
  let written = 0;
  for (const after of [1, 2, 3, 8, 21]) {
    const { execPath } = process;
    const child = spawn(execPath, [CHILD, double.connectionString(), directory], { stdio: 'pipe' });
    let seen = 0;
    child.stdout.on('data', (data: Buffer) => {
      seen += String(data).split('\n').length - 1;
      if (seen >= after) child.kill('SIGKILL');
    });
    const ended = once(child, 'exit');
    while (child.exitCode === null && child.signalCode === null)
      await record(writer, 'A', written++, written);
    await ended;
    expect(child.signalCode).toBe('SIGKILL');
    kills++;
  }
  const node = await open({ directory });
  const log = await wholeLog(node);
  const stored = logOf(double);
  const doubled = log.length - new Set(namesOf(log)).size;
  process.stdout.write(
    `${kills} kills among ${written} appends: skipped ${stored.length - log.length + doubled}, doubled ${doubled}\n`,
  );
  expect(namesOf(log)).toEqual(stored);
  expect(await node.faults()).toEqual([]);
}, 90_000);

describe.each([true, false])('whether or not the server filters reads: %s', (filtersReads) => {
  it('the log is read, checked, opened again and followed alike', async () => {
    await double.stop();
    double = await startDouble({ filtersReads, systemEventEvery: 2 });
    const client = EventStoreDBClient.connectionString(double.connectionString());
    const first = await open({ directory });
    for (let n = 0; n < 30; n++) {
      await record(first, 'A', n, n + 1);
      // their names begin like those of the log, and they are none of it
      for (const stream of ['log-keys-old', 'accounts.copy', 'personal-data2', 'vault-names'])
        await client.appendToStream(stream, jsonEvent({ type: 'Noted', data: { n } }));
      double.writeSystemEvents(10);
    }
    await client.dispose();
    const stored = logOf(double);
    expect(namesOf(await wholeLog(first))).toEqual(stored);
    expect(namesOf(await first.readLog(7, 15))).toEqual(stored.slice(7, 22));
    expect(await first.faults()).toEqual([]);
    await first.close();
    const { messages } = double.counters();
    const [again, anew] = [await open({ directory }), await open()];
    expect(double.counters().messages - messages).toBeLessThan(1000);
    for (const node of [again, anew]) {
      expect([node.caughtUp, namesOf(await wholeLog(node))]).toEqual([true, stored]);
      expect(await node.faults()).toEqual([]);
    }
  });
});

it('tells of streams of the log that were truncated, deleted or written by others', async () => {
  const node = await open({ directory });
  for (const unit of ['A', 'B', 'C', 'D']) await record(node, unit, 0, 3);
  const client = EventStoreDBClient.connectionString(double.connectionString());
  await client.setStreamMetadata(bookOf('A'), { truncateBefore: 2 });
  await client.deleteStream(bookOf('B'));
  await client.tombstoneStream(bookOf('C'));
  await client.dispose();
  expect(await node.faults()).toEqual([
    expect.stringContaining(`${bookOf('A')} begins at revision 2`),
    expect.stringContaining(`${bookOf('B')} was deleted`),
    expect.stringContaining(`${bookOf('C')} cannot be read from the server`),
  ]);
  await expect(node.readStream(bookOf('A'), 0, 10)).rejects.toThrow(bookOf('A'));
});
