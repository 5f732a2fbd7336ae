import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { EVENT_SCHEMAS, type Command } from '#domain';
import { SYSTEM_EVENT_TYPES } from '#event-store';
import { parseVerifierKey } from '#proof';
import { Ledger, verifyLog } from '#projections';
import {
  answersOf,
  bytesOf,
  digestOf,
  GOLDEN,
  goldenCommands,
  makeGolden,
  proposalsOf,
  recording,
} from './golden.js';
import { accountsOf, rootOf } from './golden-accounts.js';

// by hand, once for each schema: MAKE_GOLDEN=schema-N, or a name for types that came without one
const make = process.env['MAKE_GOLDEN'];
if (make !== undefined) await makeGolden(make);

const root = mkdtempSync(join(tmpdir(), 'fiscal-golden-'));
afterAll(() => rmSync(root, { recursive: true }));

const stores = readdirSync(GOLDEN, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

function copyOf(golden: string): string {
  const directory = mkdtempSync(join(root, 'store-'));
  for (const file of ['events.db', 'vault.db'])
    if (existsSync(join(golden, file))) copyFileSync(join(golden, file), join(directory, file));
  return directory;
}

const typesIn = (name: string) => bytesOf(join(GOLDEN, name, 'events.db')).map((e) => e.type);

it('every type of event is in a golden store', () => {
  // the access log is a log of its own
  const ofLog = SYSTEM_EVENT_TYPES.filter((type) => type !== 'AccessRecorded');
  const types = [...Object.keys(EVENT_SCHEMAS), ...ofLog];
  expect([...new Set(stores.flatMap(typesIn))].sort()).toEqual(types.sort());
});

describe.each(stores)('a store of %s', (name) => {
  const golden = join(GOLDEN, name);
  const expected = JSON.parse(readFileSync(join(golden, 'expected.json'), 'utf8')) as {
    storedBytes: string;
    answers?: unknown;
    answersDigest?: string;
    proposals?: unknown;
    accounts?: unknown;
    publicKey?: string;
    root?: string;
  };
  const directory = copyOf(golden);

  it('knows its proposals, where it has any', async () => {
    const ledger = await Ledger.open({ directory: copyOf(golden), create: false });
    if (expected.proposals) expect(await proposalsOf(ledger)).toEqual(expected.proposals);
    else expect(await proposalsOf(ledger)).toMatchObject({ proposals: [] });
    await ledger.close();
  });

  it('answers as the code of its time did', async () => {
    const ledger = await Ledger.open({ directory, create: false });
    await ledger.catchUp();
    const answers = answersOf(ledger);
    if (expected.answers !== undefined) expect(answers).toEqual(expected.answers);
    else expect(digestOf(answers)).toBe(expected.answersDigest);
    await ledger.close();
  });

  it('knows who may do what, where it has accounts', async () => {
    const ledger = await Ledger.open({ directory: copyOf(golden), create: false });
    // what a later version also tells of an account is not of that time
    expect(await accountsOf(ledger)).toMatchObject(expected.accounts ?? []);
    await ledger.close();
  });

  it('has the root of its time, which the keys of its time lead to, where it was signed', async () => {
    const { root, publicKey } = expected;
    if (root === undefined || publicKey === undefined) return;
    const ledger = await Ledger.open({ directory: copyOf(golden), create: false });
    await ledger.catchUp();
    expect(rootOf(ledger)).toBe(root);
    const key = parseVerifierKey(publicKey);
    if (!key.ok) throw new Error(key.reason);
    const sizes = readdirSync(join(golden, 'checkpoints'));
    const notes = sizes.map((name) => ({
      name,
      note: readFileSync(join(golden, 'checkpoints', name), 'utf8'),
    }));
    const verified = await verifyLog(ledger.store, notes, [key.value]);
    expect(verified).toMatchObject({ root, findings: [], checkpoints: 3 });
    await ledger.close();
  });

  it('goes on: old payments and new ones stand in one register', async () => {
    const ledger = await Ledger.open({ directory: copyOf(golden), create: false });
    const common = { unit: '430203-299001', fiscalYear: 2024, date: '2024-12-31' };
    const line = { project: 'YF', fund: 'general-public-budget', origin: 'current' } as const;
    const more: readonly Command[] = [
      { ...common, command: 'reopen-year', id: 'g-1', reason: '补记' },
      {
        ...common,
        command: 'make-payment',
        id: 'g-2',
        payee: '优抚对象',
        lines: [{ ...line, economic: '30304', amount: '1.00' }],
      },
      // a refund and a reversal of payments of the old schema
      {
        ...common,
        command: 'refund-payment',
        id: 'g-3',
        payment: 'm-014',
        reason: '退回',
        lines: [{ ...line, project: 'RY', economic: '30101', amount: '1.00' }],
      },
      { ...common, command: 'reverse-entry', id: 'g-4', entry: 'm-016', reason: '记错' },
    ];
    for (const command of more)
      expect(await ledger.commands.run(command, recording)).toMatchObject({ ok: true });
    await ledger.catchUp();
    const page = ledger.register('payments', common, {}, { offset: 0, limit: 100 });
    const parties = page.entries.map((e) => e.party).filter(Boolean);
    expect(parties).toEqual([
      '某设备公司',
      '在职人员',
      '某印刷厂',
      '优抚对象',
      '某物业公司',
      '优抚对象',
    ]);
    await ledger.close();
  });

  it('knows its commands again, and keeps every byte', async () => {
    const ledger = await Ledger.open({ directory, create: false });
    for (const { command, people } of goldenCommands(name))
      expect(await ledger.commands.run(command, people)).toMatchObject({
        ok: true,
        value: { replayed: true },
      });
    await ledger.close();
    const events = bytesOf(join(directory, 'events.db'));
    expect(events).toEqual(bytesOf(join(golden, 'events.db')));
    expect(digestOf(events)).toBe(expected.storedBytes);
  });
});
