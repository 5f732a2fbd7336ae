import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { balanceOf, readCommand, sumOfLine, type Command } from '#domain';
import { SqliteEventStore } from './adapters/sqlite/sqlite-event-store.js';
import { MemoryVault } from './adapters/memory/memory-vault.js';
import { CommandRunner } from './run-command.js';
import { sealPayees } from './vault/seal-payees.js';

const root = mkdtempSync(join(tmpdir(), 'fiscal-runner-'));
afterAll(() => rmSync(root, { recursive: true }));

const prepare = sealPayees(new MemoryVault());
const BOOK = { unit: 'U', fiscalYear: 2023 };
const meta = { actor: 'clerk', recordedAt: '2023-06-01T08:00:00.000Z' };
const command = (name: string, id: string, body: object): Command => {
  const read = readCommand({ command: name, id, ...BOOK, date: '2023-06-01', ...body });
  if (!read.ok) throw new Error(read.error.message);
  return read.value;
};
const line = { project: 'P', fund: 'general-public-budget', origin: 'current' };
const open = [
  command('open-book', 'open', { unitName: '局', divisionCode: '43', divisionName: '区' }),
  command('register-project', 'project', {
    project: 'P',
    name: '项目',
    category: 'project',
    function: '2080899',
  }),
];
const approve = (amount: string) =>
  command('approve-budget', 'approve', {
    document: { number: '批复', date: '2023-01-05' },
    lines: [{ ...line, amount }],
  });
const pay = (id: string, amount: string) =>
  command('make-payment', id, { payee: '甲', lines: [{ ...line, economic: '30201', amount }] });

let count = 0;
async function book(budget: string) {
  const directory = join(root, String(count++));
  const store = new SqliteEventStore({ directory });
  const runner = new CommandRunner(store, { prepare });
  for (const c of [...open, approve(budget)])
    expect(await runner.run(c, meta)).toMatchObject({ ok: true });
  const executable = async () => {
    const { state } = await runner.bookState(BOOK);
    return sumOfLine([...state.lines.values()][0], balanceOf('executable'));
  };
  return { directory, store, runner, executable };
}

it('the same id with the same content is answered as before; with another it is refused', async () => {
  const { store, runner } = await book('100.00');
  const first = await runner.run(pay('p', '10.00'), meta);
  const again = await runner.run(pay('p', '10.00'), { ...meta, actor: 'colleague' });
  expect(first.ok && again.ok && { ...again.value, replayed: false }).toEqual(
    first.ok && first.value,
  );
  expect(again).toMatchObject({ ok: true, value: { replayed: true, actor: 'clerk' } });
  expect(await runner.run(pay('p', '10.01'), meta)).toMatchObject({
    ok: false,
    error: { code: 'idempotency-mismatch' },
  });
  expect(await store.size()).toBe(4);
  await store.close();
});

it('an id that is being recorded right now is told so, and recorded once', async () => {
  const { store, runner } = await book('100.00');
  const [a, b] = await Promise.all([
    runner.run(pay('p', '10.00'), meta),
    runner.run(pay('p', '10.00'), meta),
  ]);
  expect(a).toMatchObject({ ok: true });
  expect(b).toMatchObject({ ok: false, error: { code: 'command-in-flight' } });
  expect(await store.size()).toBe(4);
  await store.close();
});

it('64 payments at once on one book share commits, and take no more than there is', async () => {
  const { store, runner, executable } = await book('60.00');
  const before = store.statistics.commits;
  const results = await Promise.all(
    Array.from({ length: 64 }, (_, i) => runner.run(pay(`p${i}`, '1.00'), meta)),
  );
  expect(results.filter((r) => r.ok)).toHaveLength(60);
  for (const r of results.slice(60))
    expect(r).toMatchObject({ ok: false, error: { code: 'insufficient-budget' } });
  expect(store.statistics.commits - before).toBeLessThanOrEqual(3);
  expect(await executable()).toBe(0);
  await store.close();
});

it('a warm book is not read again for every command', async () => {
  const { store, runner } = await book('1000.00');
  for (let i = 0; i < 50; i++) await runner.run(pay(`p${i}`, '1.00'), meta);
  const { eventsRead } = store.statistics;
  for (let i = 50; i < 100; i++) await runner.run(pay(`p${i}`, '1.00'), meta);
  expect(store.statistics.eventsRead - eventsRead).toBeLessThanOrEqual(1);
  await store.close();
});

it('If-Match is held to', async () => {
  const { store, runner } = await book('100.00');
  expect(await runner.run(pay('p', '1.00'), { ...meta, ifMatch: 1 })).toMatchObject({
    ok: false,
    error: { code: 'precondition-failed' },
  });
  expect(await runner.run(pay('p', '1.00'), { ...meta, ifMatch: 2 })).toMatchObject({ ok: true });
  await store.close();
});

it('together means all or none', async () => {
  const { store, runner } = await book('100.00');
  const outcome = await runner.runAtomically([pay('a', '60.00'), pay('b', '60.00')], meta);
  expect(outcome).toMatchObject({
    ok: false,
    commandId: 'b',
    error: { code: 'insufficient-budget' },
  });
  expect(await store.size()).toBe(3);
  const both = await runner.runAtomically([pay('a', '60.00'), pay('b', '40.00')], meta);
  expect(both.ok && both.value.map((r) => r.revision)).toEqual([3, 4]);
  await store.close();
});

it('two writers on one file never both take the last yuan', async () => {
  const { store, runner, directory, executable } = await book('200.00');
  const rivalStore = new SqliteEventStore({ directory });
  const rival = new CommandRunner(rivalStore, { prepare });
  let accepted = 0;
  for (let round = 0; round < 250; round++) {
    const results = await Promise.all([
      runner.run(pay(`a${round}`, '1.00'), meta),
      rival.run(pay(`b${round}`, '1.00'), meta),
    ]);
    for (const r of results)
      if (r.ok) accepted++;
      else expect(r.error.code).toBe('insufficient-budget');
  }
  expect(accepted).toBe(200);
  expect(await executable()).toBe(0);
  await rivalStore.close();
  await store.close();
});

it('commands of one book are judged in the order in which they are given, from the first on', async () => {
  const directory = join(root, String(count++));
  const store = new SqliteEventStore({ directory });
  const runner = new CommandRunner(store, { prepare });
  const results = await Promise.all(
    [...open, approve('10.00'), pay('a', '10.00'), pay('b', '0.01'), pay('c', '0.01')].map((c) =>
      runner.run(c, meta),
    ),
  );
  expect(results.map((r) => r.ok || r.error.code)).toEqual([
    true,
    true,
    true,
    true,
    'insufficient-budget',
    'insufficient-budget',
  ]);
  await store.close();
});
