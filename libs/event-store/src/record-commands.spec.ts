import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { balanceOf, readCommand, sumOfLine, type Command } from '#domain';
import { MemoryEventStore } from './adapters/memory/memory-event-store.js';
import { SqliteEventStore } from './adapters/sqlite/sqlite-event-store.js';
import { EMPTY_STREAM, parseEnvelope, sealEvents } from './envelope.js';
import type { Appended, EventStore, Revision, SealedEvent } from './event-store.js';
import { leafHex } from './hashing.js';
import { MemoryVault } from './adapters/memory/memory-vault.js';
import { CommandRunner } from './run-command.js';
import { sealPayees } from './vault/seal-payees.js';

const root = mkdtempSync(join(tmpdir(), 'fiscal-record-'));
afterAll(() => rmSync(root, { recursive: true }));

const prepare = sealPayees(new MemoryVault());
const BOOK = { unit: 'U', fiscalYear: 2023 };
const STREAM = 'book-U-2023';
const meta = { actor: 'clerk', recordedAt: '2023-06-01T08:00:00.000Z' };
const command = (name: string, id: string, body: object): Command => {
  const read = readCommand({ command: name, id, ...BOOK, date: '2023-06-01', ...body });
  if (!read.ok) throw new Error(read.error.message);
  return read.value;
};
const line = { project: 'P', fund: 'general-public-budget', origin: 'current' };
const opening = (amount: string) => [
  command('open-book', 'open', { unitName: '局', divisionCode: '43', divisionName: '区' }),
  command('register-project', 'project', {
    project: 'P',
    name: '项目',
    category: 'project',
    function: '2080899',
  }),
  command('approve-budget', 'approve', {
    document: { number: '批复', date: '2023-01-05' },
    lines: [{ ...line, amount }],
  }),
];
const pay = (id: string, amount = '1.00') =>
  command('make-payment', id, { payee: '甲', lines: [{ ...line, economic: '30201', amount }] });
const codes = (results: readonly { ok: boolean; error?: { code: string } }[]) =>
  results.map((r) => r.error?.code ?? 'recorded');

let count = 0;
let directory: string;
let store: SqliteEventStore;
let runner: CommandRunner;
const stores: EventStore[] = [];
const openStore = () => {
  const opened = new SqliteEventStore({ directory, busyTimeoutMs: 50 });
  stores.push(opened);
  return opened;
};
beforeEach(() => {
  directory = join(root, String(count++));
  store = openStore();
  runner = new CommandRunner(store, { prepare });
});
afterEach(async () => {
  for (const opened of stores.splice(0)) await opened.close();
});
const open = async (amount: string, on = runner) => {
  const outcome = await on.runAtomically(opening(amount), meta);
  expect(outcome.ok).toBe(true);
};
const executableFen = async (on: CommandRunner) =>
  sumOfLine([...(await on.bookState(BOOK)).state.lines.values()][0], balanceOf('executable'));

it('what is stacked on a stale book is decided again, never stored on top of a rival’s event', async () => {
  await open('8.00');
  const rival = new CommandRunner(openStore(), { prepare });
  // takes exactly the revision of the first of the eight that follow
  expect((await rival.run(pay('rival'), meta)).ok).toBe(true);
  const results = await Promise.all(
    Array.from({ length: 8 }, (_, i) => runner.run(pay(`p${i}`), meta)),
  );
  expect(codes(results)).toEqual([...Array<string>(7).fill('recorded'), 'insufficient-budget']);
  expect(await executableFen(new CommandRunner(openStore(), { prepare }))).toBe(0);
  const events = await store.readStream(STREAM, 0, 100);
  expect(events.map((e) => e.commandId).slice(3)).toEqual([
    'rival',
    ...Array.from({ length: 7 }, (_, i) => `p${i}`),
  ]);
  events.forEach((e, i) => {
    const before = events[i - 1];
    expect(parseEnvelope(e.envelope).streamPrev).toBe(before ? leafHex(before.envelope) : '');
  });
});

it('a refusal never rests on a stale book', async () => {
  await open('1.00');
  const rival = new CommandRunner(openStore(), { prepare });
  expect((await rival.run(pay('rival'), meta)).ok).toBe(true);
  const undo = command('reverse-entry', 'undo', { entry: 'rival', reason: '误记' });
  expect(await executableFen(runner)).toBe(0);
  expect((await rival.run(undo, meta)).ok).toBe(true);
  // this runner last saw an empty line, and the money has been back since
  expect((await runner.run(pay('p'), meta)).ok).toBe(true);
});

it('one command given to two writers at once is recorded once', async () => {
  await open('100.00');
  const rival = new CommandRunner(openStore(), { prepare });
  await rival.bookState(BOOK);
  const results = await Promise.all([runner.run(pay('p'), meta), rival.run(pay('p'), meta)]);
  expect(results.map((r) => r.ok && r.value.replayed).sort()).toEqual([false, true]);
  expect(await executableFen(runner)).toBe(9900);
});

it('where the store fails nothing is acknowledged, nor refused for what was not recorded', async () => {
  await open('2.00');
  const rival = new Database(join(directory, 'events.db'));
  rival.exec('begin immediate');
  const payments = [pay('a'), pay('b'), pay('c')];
  const results = await Promise.all(payments.map((p) => runner.run(p, meta)));
  // the third would have been refused for the money that the first two did not get to spend
  expect(codes(results)).toEqual(Array<string>(3).fill('store-unavailable'));
  for (const r of results) if (!r.ok) expect(r.error.message).toMatch(/^nothing was recorded: /);
  rival.exec('commit');
  rival.close();
  const again = await Promise.all(payments.map((p) => runner.run(p, meta)));
  expect(codes(again)).toEqual(['recorded', 'recorded', 'insufficient-budget']);
});

it('of two that name the same revision in If-Match one is refused, and told the revision', async () => {
  await open('100.00');
  const results = await Promise.all([
    runner.run(pay('a'), { ...meta, ifMatch: 2 }),
    runner.run(pay('b'), { ...meta, ifMatch: 2 }),
  ]);
  expect(codes(results)).toEqual(['recorded', 'precondition-failed']);
  expect(results[1]).toMatchObject({
    error: { message: `${STREAM} is at revision 3, If-Match names 2` },
  });
  // a retry of the one that went through is still answered, whatever the book has come to
  expect(await runner.run(pay('a'), { ...meta, ifMatch: 2 })).toMatchObject({
    ok: true,
    value: { replayed: true, revision: 3 },
  });
});

/** A store in which somebody else is always faster. */
class Contested extends MemoryEventStore {
  attempts = 0;
  rival: CommandRunner | undefined;

  override async append(
    stream: string,
    expected: Revision,
    events: readonly SealedEvent[],
  ): Promise<Appended> {
    const { rival } = this;
    if (rival && events[0]!.commandId === 'p') {
      this.attempts++;
      await rival.run(pay(`rival-${this.attempts}`, '0.01'), meta);
    }
    return super.append(stream, expected, events);
  }
}

it('gives up after three retries where others are always faster', async () => {
  const contested = new Contested();
  const loser = new CommandRunner(contested, { prepare });
  await open('100.00', loser);
  contested.rival = new CommandRunner(contested, { prepare });
  const result = await loser.run(pay('p'), meta);
  expect(codes([result])).toEqual(['revision-conflict']);
  expect(contested.attempts).toBe(4);
  expect(await contested.findCommand(STREAM, 'p')).toBeUndefined();
});

it('together: those recorded before are answered as then, the rest is recorded, in the order given', async () => {
  await open('10.00');
  await runner.run(pay('b'), meta);
  const outcome = await runner.runAtomically([pay('a'), pay('b'), pay('c')], meta);
  expect(outcome.ok && outcome.value.map((r) => [r.commandId, r.revision, r.replayed])).toEqual([
    ['a', 4, false],
    ['b', 3, true],
    ['c', 5, false],
  ]);
  const twice = await runner.runAtomically([pay('d'), pay('d')], meta);
  expect(twice).toMatchObject({ commandId: 'd', error: { code: 'idempotency-mismatch' } });
  const other = { ...pay('e'), unit: 'V' };
  expect(await runner.runAtomically([pay('d'), other], meta)).toMatchObject({
    commandId: 'e',
    error: { code: 'invalid-command' },
  });
  expect(await runner.runAtomically([], meta)).toEqual({ ok: true, value: [] });
  // what was claimed for a batch that was refused is free again
  expect((await runner.run(pay('d'), meta)).ok).toBe(true);
});

it('a cold book is read once, however many ask for it at a time', async () => {
  await open('10000.00');
  const payments = Array.from({ length: 2500 }, (_, i) => pay(`p${i}`));
  expect((await runner.runAtomically(payments, meta)).ok).toBe(true);
  const cold = openStore();
  const late = new CommandRunner(cold, { prepare });
  const results = await Promise.all(
    Array.from({ length: 64 }, (_, i) => late.run(pay(`q${i}`), meta)),
  );
  expect(results.every((r) => r.ok)).toBe(true);
  expect(cold.statistics.eventsRead).toBe(2503);
});

it('a book that fell out of the cache is read again and goes on where it was', async () => {
  const small = new CommandRunner(store, { warmEvents: 8, prepare });
  await open('10.00', small);
  const other = opening('1.00').map((c) => ({ ...c, unit: 'V' }));
  const next = opening('1.00').map((c) => ({ ...c, unit: 'W' }));
  for (const batch of [other, next]) expect((await small.runAtomically(batch, meta)).ok).toBe(true);
  const { eventsRead } = store.statistics;
  expect(await small.run(pay('p'), meta)).toMatchObject({ ok: true, value: { revision: 3 } });
  expect(store.statistics.eventsRead - eventsRead).toBe(3);
});

it('carryover is held against the prior year’s book where the ledger has it', async () => {
  const bringIn = command('bring-in-carryover', 'in', {
    document: { number: '结转', date: '2023-01-05' },
    fromFiscalYear: 2022,
    lines: [{ ...line, origin: 'carryover', amount: '1.00' }],
  });
  await open('10.00');
  const prior = { ...opening('1.00')[0]!, fiscalYear: 2022, date: '2022-01-01' };
  expect((await runner.run(prior, meta)).ok).toBe(true);
  expect(codes([await runner.run(bringIn, meta)])).toEqual(['prior-year-not-closed']);
});

it('a book with an event from a later version is not guessed at', async () => {
  const unknown = { type: 'StatisticRecorded', data: { key: 'k' } } as const;
  const [sealed] = sealEvents(store.origin, STREAM, EMPTY_STREAM, meta, [
    { event: unknown, date: '2023-06-01', commandId: 'x', commandHash: '' },
  ]);
  await store.append(STREAM, -1, [{ ...sealed!, type: 'GrantPromised' }]);
  const result = await runner.run(pay('p'), meta);
  expect(codes([result])).toEqual(['store-unavailable']);
  await expect(runner.bookState(BOOK)).rejects.toThrow('a GrantPromised of schema 1');
});
