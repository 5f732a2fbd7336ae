import { createHmac } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { contentOf, type Command, type SealedPayee } from '#domain';
import { canonicalJson, parseEnvelope, sha256Hex } from '#event-store';
import { Ledger } from '#projections';
import { figuresHashOf, render, reportOf } from '#reports';
import { fiscal } from './cli.js';
import { bytesOf } from './golden.js';
import { recording } from './lusong.js';

const root = mkdtempSync(join(tmpdir(), 'fiscal-personal-'));
afterAll(() => rmSync(root, { recursive: true }));
let count = 0;
const directory = () => join(root, String(count++));

const BOOK = { unit: 'U', fiscalYear: 2024 };
const NAME = '欧阳某某专用测试';
const common = (id: string) => ({ id, ...BOOK, date: '2024-03-01' });
const line = { project: 'P', fund: 'general-public-budget', origin: 'current' } as const;
const pay = (id: string, payee = NAME, more: object = {}): Command => ({
  ...common(id),
  command: 'make-payment',
  payee,
  lines: [{ ...line, economic: '30305', amount: '1.00' }],
  ...more,
});
const opening: readonly Command[] = [
  {
    ...common('open'),
    command: 'open-book',
    unitName: '局',
    divisionCode: '43',
    divisionName: '区',
  },
  {
    ...common('project'),
    command: 'register-project',
    project: 'P',
    name: '优抚',
    category: 'project',
    function: '2080899',
  },
  {
    ...common('approve'),
    command: 'approve-budget',
    document: { number: '批复', date: '2024-01-05' },
    lines: [{ ...line, amount: '100.00' }],
  },
];

async function post(ledger: Ledger, commands: readonly Command[]): Promise<void> {
  for (const command of commands)
    expect(await ledger.commands.run(command, recording)).toMatchObject({ ok: true });
  await ledger.catchUp();
}

const payees = (ledger: Ledger) =>
  ledger.register('payments', BOOK, {}, { offset: 0, limit: 10 }).entries.map((e) => e.party);

/** Every file of the data directory but those named, as bytes. */
const filesOf = (at: string, files: readonly string[]) =>
  Buffer.concat(
    files
      .flatMap((file) => ['', '-wal', '-shm'].map((suffix) => join(at, file + suffix)))
      .filter((file) => existsSync(file))
      .map((file) => readFileSync(file)),
  );
const subjectIn = (at: string, revision: number) =>
  (JSON.parse(bytesOf(join(at, 'events.db'))[revision]!.payload) as { payee: SealedPayee }).payee;

const refund: Command = {
  ...common('refund'),
  command: 'refund-payment',
  payment: 'p1',
  reason: '多付退回',
  lines: [{ ...line, economic: '30305', amount: '0.40' }],
};
const reverse: Command = {
  ...common('reverse'),
  command: 'reverse-entry',
  entry: 'p2',
  reason: '记错',
};

it('a name is in no file, open or closed, and the register shows it', async () => {
  const at = directory();
  const ledger = await Ledger.open({ directory: at });
  await post(ledger, [...opening, pay('p1'), pay('p2'), refund, reverse]);
  const files = ['events.db', 'read-model.db', 'vault.db'];
  expect(filesOf(at, files).includes(NAME)).toBe(false);
  expect(payees(ledger)).toEqual([NAME, NAME, '', '']);
  expect(render(reportOf(ledger, 'payments', BOOK, {}), 'text')).toContain(NAME);
  await ledger.close();
  expect(filesOf(at, files).includes(NAME)).toBe(false);
  expect(subjectIn(at, 3)).toEqual(subjectIn(at, 4));
});

it('no hash covers a name: the command is hashed with the subject in its place', async () => {
  const at = directory();
  const ledger = await Ledger.open({ directory: at });
  await post(ledger, [...opening, pay('p1')]);
  const { payload, envelope } = bytesOf(join(at, 'events.db'))[3]!;
  const { payee } = JSON.parse(payload) as { payee: SealedPayee };
  expect(parseEnvelope(envelope)).toMatchObject({
    schema: 2,
    payloadHash: sha256Hex(payload),
    commandHash: sha256Hex(canonicalJson({ ...contentOf(pay('p1')), payee })),
  });
  await ledger.close();
});

it('an erased name is shown as the subject, without a rebuild, and no stored byte has changed', async () => {
  const at = directory();
  const ledger = await Ledger.open({ directory: at });
  await post(ledger, [...opening, pay('p1'), pay('p2', '某公司')]);
  const before = bytesOf(join(at, 'events.db'));
  const digest = ledger.digest();
  const { subject } = subjectIn(at, 3);
  expect(await ledger.eraseSubject(subject)).toBe(true);
  expect(payees(ledger)).toEqual([subject, '某公司']);
  expect(bytesOf(join(at, 'events.db'))).toEqual(before);
  expect(ledger.digest()).toBe(digest);
  await ledger.rebuild();
  expect(payees(ledger)).toEqual([subject, '某公司']);
  expect(ledger.digest()).toBe(digest);
  await ledger.close();
  const again = await Ledger.open({ directory: at });
  expect(payees(again)).toEqual([subject, '某公司']);
  await again.close();
});

it('the hash of a published register covers no name, and holds after an erasure', async () => {
  const ledger = await Ledger.open();
  await post(ledger, [...opening, pay('p1')]);
  const report = () => reportOf(ledger, 'payments', BOOK, {});
  const cell = () =>
    Object.values(report().tables[0]!.rows[0]!.cells).find((c) => c.shown === NAME);
  const subject = cell()!.exact;
  expect(ledger.vault.nameOf(subject)).toBe(NAME);
  const hash = figuresHashOf(report());
  await ledger.eraseSubject(subject);
  expect(cell()).toBeUndefined();
  expect(figuresHashOf(report())).toBe(hash);
  await ledger.close();
});

it('an auditor who is given salt and name can check the commitment; nobody can after the erasure', async () => {
  const at = directory();
  const ledger = await Ledger.open({ directory: at });
  await post(ledger, [...opening, pay('p1')]);
  const { subject, commitment } = subjectIn(at, 3);
  const { salt, value: name } = ledger.vault.disclose(subject)!;
  expect(name).toBe(NAME);
  expect(createHmac('sha256', Buffer.from(salt, 'hex')).update(name).digest('hex')).toBe(
    commitment,
  );
  await ledger.eraseSubject(subject);
  expect(ledger.vault.disclose(subject)).toBeUndefined();
  const files = ['events.db', 'read-model.db', 'vault.db'];
  expect(filesOf(at, files).includes(Buffer.from(salt, 'hex'))).toBe(false);
  await ledger.close();
});

it('a repeated payment is told from another until its payee is erased; then nothing of it comes back', async () => {
  const at = directory();
  const ledger = await Ledger.open({ directory: at });
  await post(ledger, [...opening, pay('p1')]);
  expect(await ledger.commands.run(pay('p1'), recording)).toMatchObject({
    ok: true,
    value: { replayed: true, data: { payee: subjectIn(at, 3) } },
  });
  const mismatch = { ok: false, error: { code: 'idempotency-mismatch' } };
  expect(await ledger.commands.run(pay('p1', '别人'), recording)).toMatchObject(mismatch);
  expect(ledger.vault.find('别人')).toBeUndefined();
  await ledger.eraseSubject(subjectIn(at, 3).subject);
  expect(await ledger.commands.run(pay('p1'), recording)).toMatchObject(mismatch);
  expect(ledger.vault.find(NAME)).toBeUndefined();
  await ledger.close();
  // nor by a process that has not read the book yet
  const again = await Ledger.open({ directory: at });
  expect(await again.commands.run(pay('p1'), recording)).toMatchObject(mismatch);
  expect(again.vault.find(NAME)).toBeUndefined();
  // a new payment to the same person is one to a new subject
  await post(again, [pay('p9')]);
  expect(payees(again)).toEqual([subjectIn(at, 3).subject, NAME]);
  await again.close();
});

it('payments that come together are judged in their order, whichever payees are new', async () => {
  const ledger = await Ledger.open({ directory: directory() });
  await post(ledger, [...opening, pay('first', 'known')]);
  const ids = Array.from({ length: 40 }, (_, i) => `n${i}`);
  const results = await Promise.all(
    ids.map((id, i) => ledger.commands.run(pay(id, i % 2 ? 'known' : `new ${i}`), recording)),
  );
  expect(results.map((r) => r.ok && r.value.revision)).toEqual(ids.map((_, i) => i + 4));
  await ledger.close();
});

it('what a branch is told of persons stays in the branch', async () => {
  const at = directory();
  const ledger = await Ledger.open({ directory: at });
  await post(ledger, [...opening, pay('p1')]);
  const branch = await ledger.branch([BOOK]);
  await post(branch, [pay('p2'), pay('p3', '某外人')]);
  expect(payees(branch)).toEqual([NAME, NAME, '某外人']);
  expect(ledger.vault.find('某外人')).toBeUndefined();
  await branch.close();
  expect(payees(ledger)).toEqual([NAME]);
  await ledger.close();
});

it('without the vault names are subjects and every figure stays', async () => {
  const at = directory();
  const ledger = await Ledger.open({ directory: at });
  await post(ledger, [...opening, pay('p1')]);
  const execution = render(reportOf(ledger, 'execution', BOOK, {}), 'json');
  await ledger.close();
  rmSync(join(at, 'vault.db'));
  const without = await Ledger.open({ directory: at });
  expect(payees(without)).toEqual([subjectIn(at, 3).subject]);
  expect(render(reportOf(without, 'execution', BOOK, {}), 'json')).toBe(execution);
  await without.close();
});

it('log and vault are backed up apart, and together they are the whole again', async () => {
  const at = directory();
  const ledger = await Ledger.open({ directory: at });
  await post(ledger, [...opening, pay('p1')]);
  await ledger.close();
  const copy = directory();
  mkdirSync(copy);
  const vault = join(copy, 'vault.db');
  const args = ['backup', join(copy, 'events.db'), '--vault', vault, '--data', at];
  expect((await fiscal(args)).stdout).toContain(`names copied to ${vault}`);
  if (process.platform !== 'win32') expect(statSync(vault).mode & 0o077).toBe(0);
  const restored = await Ledger.open({ directory: copy, create: false });
  await restored.catchUp();
  expect(payees(restored)).toEqual([NAME]);
  await post(restored, [pay('p1'), pay('p2')]);
  expect(payees(restored)).toEqual([NAME, NAME]);
  await restored.close();
  const inMemory = await Ledger.open();
  await expect(inMemory.backupVault(join(copy, 'x.db'))).rejects.toThrow('in memory');
  await inMemory.close();
});

it('the command line shows names in reports and what is stored in events', async () => {
  const at = directory();
  const lines = [...opening, pay('p1')].map((c) => JSON.stringify(c)).join('\n');
  const global = ['--data', at];
  expect((await fiscal(['import', '-', ...global], lines)).code).toBe(0);
  const book = ['--unit', 'U', '--year', '2024'];
  const report = await fiscal(['report', 'payments', ...book, ...global]);
  expect(report.stdout).toContain(NAME);
  const events = await fiscal(['events', ...book, '--json', ...global]);
  expect(events.stdout).not.toContain(NAME);
  expect(events.stdout).toContain(subjectIn(at, 3).subject);
});
