import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { readCommand, type Command, type SealedPayee } from '#domain';
import { MemoryEventStore } from '../adapters/memory/memory-event-store.js';
import { MemoryVault } from '../adapters/memory/memory-vault.js';
import { SqliteVault } from '../adapters/sqlite/sqlite-vault.js';
import { StoreUnavailable, type SealedEvent } from '../event-store.js';
import { CommandRunner } from '../run-command.js';
import { sealPayees } from './seal-payees.js';
import { VAULT } from '../sentences/store.js';

const root = mkdtempSync(join(tmpdir(), 'fiscal-seal-'));
afterAll(() => rmSync(root, { recursive: true }));

const meta = { actor: 'clerk', recordedAt: '2023-06-01T08:00:00.000Z' };
const command = (name: string, id: string, body: object): Command => {
  const given = { command: name, id, unit: 'U', fiscalYear: 2023, date: '2023-06-01', ...body };
  const read = readCommand(given);
  if (!read.ok) throw new Error(read.error.message);
  return read.value;
};
const line = { project: 'P', fund: 'general-public-budget', origin: 'current', amount: '9.00' };
const pay = (id: string, payee: string) =>
  command('make-payment', id, { payee, lines: [{ ...line, economic: '30201', amount: '1.00' }] });
const opening = [
  command('open-book', 'open', { unitName: '局', divisionCode: '43', divisionName: '区' }),
  command('register-project', 'project', {
    project: 'P',
    name: '项目',
    category: 'project',
    function: '2080899',
  }),
  command('approve-budget', 'approve', {
    document: { number: '批复', date: '2023-01-05' },
    lines: [line],
  }),
];
const never = () => false;

/** A store that is told of each append before it is made. */
class Watched extends MemoryEventStore {
  before: (events: readonly SealedEvent[]) => void = () => undefined;

  override append(stream: string, expected: number, events: readonly SealedEvent[]) {
    this.before(events);
    return super.append(stream, expected, events);
  }
}

it('puts subjects in the place of payees, and leaves all else as it is', async () => {
  const vault = new MemoryVault();
  const commands = [...opening, pay('a', '张三'), pay('b', '李四'), pay('c', '张三')];
  const sealed = await sealPayees(vault)(commands, never);
  const payees = sealed.slice(3).map((c) => (c as unknown as { payee: SealedPayee }).payee);
  expect(payees).toEqual(['张三', '李四', '张三'].map((name) => vault.find(name)));
  expect(sealed.slice(0, 3)).toEqual(opening);
  expect(sealed[3]).toEqual({ ...commands[3], payee: payees[0] });
});

it('a payee inside a proposal is sealed too, and what is posted in the end is the same subject', async () => {
  const vault = new MemoryVault();
  const store = new Watched();
  const payloads: string[] = [];
  store.before = (events) => payloads.push(...events.flatMap((e) => [e.payload, e.envelope]));
  const runner = new CommandRunner(store, { prepare: sealPayees(vault) });
  for (const c of opening) await runner.run(c, meta);
  const { id, unit, fiscalYear, ...posting } = pay('a', '张三');
  const proposing = command('propose-posting', 'propose:a', { proposal: id, posting });
  expect(await runner.run(proposing, meta)).toMatchObject({ ok: true });
  expect(await runner.run(proposing, meta)).toMatchObject({ ok: true, value: { replayed: true } });
  const { state } = await runner.bookState({ unit, fiscalYear });
  const { hash, posting: kept } = state.proposals.get('a')!;
  const payee = vault.find('张三');
  expect(kept).toMatchObject({ payee });
  const people = { ...meta, approvedBy: 'reviewer', approves: hash };
  expect(await runner.run({ ...kept, id }, people)).toMatchObject({
    ok: true,
    value: { data: { payee }, approvedBy: 'reviewer' },
  });
  expect(payloads.join().includes('张三')).toBe(false);
});

it('a command without a payee costs nothing', () => {
  expect(sealPayees(new MemoryVault())(opening, never)).toBe(opening);
});

it('of what was recorded before only names that are known are sealed, and none is kept', async () => {
  const vault = new MemoryVault();
  const { subject } = vault.seal(['张三']).get('张三')!;
  const commands = [pay('a', '张三'), pay('b', '李四')];
  const sealed = await sealPayees(vault)(commands, () => true);
  expect(sealed[0]).toMatchObject({ payee: { subject } });
  expect(sealed[1]).toBe(commands[1]);
  expect(vault.find('李四')).toBeUndefined();
});

it('a name is on the disk before the event that stands for it is appended', async () => {
  const directory = join(root, 'order');
  const vault = new SqliteVault({ directory });
  const store = new Watched();
  const runner = new CommandRunner(store, { prepare: sealPayees(vault) });
  for (const c of opening) await runner.run(c, meta);
  // what another process, or this one after a crash, would find
  const other = new SqliteVault({ directory });
  const found: (string | undefined)[] = [];
  store.before = (events) =>
    events.forEach(({ payload }) => {
      const { payee } = JSON.parse(payload) as { payee: SealedPayee };
      found.push(other.nameOf(payee.subject));
    });
  const together = await runner.runAtomically([pay('a', '张三'), pay('b', '李四')], meta);
  expect(together.ok).toBe(true);
  await Promise.all([pay('c', '王五'), pay('d', '赵六')].map((c) => runner.run(c, meta)));
  expect(found.sort()).toEqual(['张三', '李四', '王五', '赵六'].sort());
  vault.close();
  other.close();
});

it('where the vault cannot write nothing is appended, and the next payment is judged as if there had been none', async () => {
  const vault = new MemoryVault();
  const store = new Watched();
  let broken = true;
  const runner = new CommandRunner(store, {
    prepare: (commands, isRecorded) =>
      broken && commands.some((c) => c.command === 'make-payment')
        ? Promise.reject(
            new StoreUnavailable(VAULT.unwritable({ fault: 'disk full' }), 'not-stored'),
          )
        : sealPayees(vault)(commands, isRecorded),
  });
  for (const c of opening) await runner.run(c, meta);
  const refused = await Promise.all(['a', 'b'].map((id) => runner.run(pay(id, '张三'), meta)));
  for (const result of refused)
    expect(result).toMatchObject({
      ok: false,
      error: {
        code: 'store-unavailable',
        message: expect.stringContaining('nothing was') as never,
      },
    });
  expect(await store.size()).toBe(3);
  broken = false;
  expect(await runner.run(pay('a', '张三'), meta)).toMatchObject({ ok: true });
});

it('a payment whose payee was not sealed never becomes an event', async () => {
  const store = new MemoryEventStore();
  const runner = new CommandRunner(store);
  for (const c of opening) await runner.run(c, meta);
  await expect(runner.run(pay('a', '张三'), meta)).rejects.toThrow('must be sealed');
  expect(await store.size()).toBe(3);
});
