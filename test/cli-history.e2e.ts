import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { fiscal } from './cli.js';
import { commandLines } from './lusong.js';

const data = mkdtempSync(join(tmpdir(), 'fiscal-cli-'));
const UNIT = '430203-208001';
const book = ['--unit', UNIT, '--year', '2023', '--data', data];
beforeAll(async () => {
  const imported = await fiscal(['import', '-', '--data', data], commandLines.join('\n'));
  expect(imported.code).toBe(0);
});
afterAll(() => rmSync(data, { recursive: true }));

it('explains what each event added to a cell of money', async () => {
  const cell = ['explain', 'execution', 'YF', 'fullYearBudget', ...book];
  const explained = (await fiscal([...cell, '--json'])).json<{
    exact: string;
    events: { index: number; adds: string }[];
  }>();
  expect(explained.exact).toBe('18283480.00');
  expect(explained.events.map(({ index, adds }) => [index, adds])).toEqual([
    [7, '116780.00'],
    [8, '16679000.00'],
    [13, '1487700.00'],
  ]);
  expect((await fiscal(cell)).stdout).toMatch(/ {4}13 .*调增优抚经费.*adds 1487700\.00\n$/);
  const rate = await fiscal(['explain', 'execution', 'YF', 'executionRate', ...book, '--json']);
  expect(rate.json<{ events: object[] }>().events[0]).not.toHaveProperty('adds');
});

it('replays with the running figures after each event', async () => {
  const ran = await fiscal(['replay', ...book, '--json']);
  const lines = ran.stdout
    .trim()
    .split('\n')
    .map((l) => JSON.parse(l) as { figures: Record<string, string> });
  expect(lines).toHaveLength(44);
  expect(lines[42]!.figures).toMatchObject({
    expenditure: '22259700.00',
    carryoverOut: '17640.00',
  });
  const countOf = async (...more: string[]) =>
    (await fiscal(['replay', ...book, '--json', ...more])).stdout.trim().split('\n').length;
  expect(await countOf('--to', '2023-06-30')).toBe(13);
  expect(await countOf('--known-at', '9')).toBe(9);
  const beyond = await fiscal(['replay', ...book, '--json', '--known-at', '45']);
  expect(beyond.json()).toMatchObject({ error: { code: 'known-at-beyond-log' } });
});

it('lists events between two indices, inclusive', async () => {
  const ran = await fiscal(['events', ...book, '--from', '7', '--to', '9', '--json']);
  const events = ran.stdout
    .trim()
    .split('\n')
    .map((l) => JSON.parse(l) as object);
  expect(events).toMatchObject([{ index: 7 }, { index: 8 }, { index: 9 }]);
  expect(events[0]).toMatchObject({
    stream: `book-${UNIT}-2023`,
    revision: 7,
    type: 'CarryoverBroughtIn',
    date: '2023-01-01',
    commandId: 'lusong-2023-0008',
    approvedBy: null,
    data: { fromFiscalYear: 2022 },
  });
});

it.each(['events', 'replay', 'propose-closing', 'prepare-opening', 'report execution'])(
  '%s says that a book is unknown',
  async (name) => {
    const args = ['--unit', 'nobody', '--year', '2023', '--data', data, '--json'];
    const ran = await fiscal([...name.split(' '), ...args]);
    expect(ran).toMatchObject({ code: 1 });
    expect(ran.json()).toMatchObject({ error: { code: 'unknown-book' } });
  },
);
