import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { leafHex, sealEvents } from '#event-store';
import { Ledger } from '#projections';
import { BOOK, ledgerWith, lusongCommands, recording } from './lusong.js';

const root = mkdtempSync(join(tmpdir(), 'fiscal-read-'));
afterAll(() => rmSync(root, { recursive: true }));
let count = 0;
const directory = () => join(root, String(count++));
const commands = lusongCommands();

it('read models outlive the process, and what was added meanwhile is taken up', async () => {
  const at = directory();
  const first = await ledgerWith(commands.slice(0, 20), at);
  await first.close();
  const second = await Ledger.open({ directory: at });
  expect(second.status().logSize).toBe(20);
  for (const command of commands.slice(20)) await second.commands.run(command, recording);
  await second.catchUp();
  // the read models name subjects, and these are random: one vault for both
  const whole = await ledgerWith(commands, undefined, second.vault);
  expect(second.digest()).toBe(whole.digest());
  await second.close();
  await whole.close();
});

it('read models that are lost or broken are built again from the log', async () => {
  const at = directory();
  const first = await ledgerWith(commands, at);
  const digest = first.digest();
  await first.close();
  for (const harm of [
    () => rmSync(join(at, 'read-model.db')),
    () => writeFileSync(join(at, 'read-model.db'), 'x'.repeat(100)),
    () => truncateSync(join(at, 'read-model.db'), 0),
  ]) {
    harm();
    const again = await Ledger.open({ directory: at });
    await again.catchUp();
    expect(again.digest()).toBe(digest);
    await again.close();
  }
});

it('two ledgers that follow one store show the same', async () => {
  const at = directory();
  const writer = await ledgerWith(commands.slice(0, 30), at);
  const reader = await Ledger.open({ directory: at });
  for (const command of commands.slice(30)) {
    await writer.commands.run(command, recording);
    await Promise.all([writer.catchUp(), reader.catchUp()]);
    expect(reader.status().logSize).toBe(writer.status().logSize);
  }
  const whole = await ledgerWith(commands, undefined, writer.vault);
  expect(reader.digest()).toBe(whole.digest());
  await Promise.all([writer.close(), reader.close(), whole.close()]);
});

it('an event that this version does not know stops the read models there, and they say so', async () => {
  const ledger = await ledgerWith(commands.slice(0, 20));
  const [last] = await ledger.store.readLog(19, 1);
  const [sealed] = sealEvents(
    ledger.store.origin,
    last!.stream,
    { revision: 19, leaf: leafHex(last!.envelope) },
    recording,
    [
      {
        event: { type: 'BudgetForgotten', data: {} },
        date: '2023-11-01',
        commandId: 'from-the-future',
        commandHash: '0'.repeat(64),
      },
    ],
  );
  await ledger.store.append(last!.stream, 19, [sealed!]);
  await ledger.catchUp();
  const { projections } = ledger.status();
  for (const p of projections) {
    expect(p.next).toBe(20);
    expect(p.failed).toContain('BudgetForgotten');
  }
  expect(() => ledger.figures(BOOK, {})).toThrow('BudgetForgotten');
  await ledger.close();
});

it('history starts at any index without reading the book from its start', async () => {
  const ledger = await ledgerWith(commands);
  const page = await ledger.history(BOOK, { from: 40, limit: 2 });
  expect(page.map((e) => e.index)).toEqual([40, 41]);
  const bounded = await ledger.history(BOOK, { from: 5, to: 6, limit: 10 });
  expect(bounded.map((e) => e.index)).toEqual([5, 6]);
  await ledger.close();
});
