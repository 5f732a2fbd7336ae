import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { fiscal } from './cli.js';
import {
  adjust,
  BOOK,
  command,
  document,
  importInto,
  line,
  october,
  pay,
  sizeOf,
} from './importing.js';
import { commandLines } from './lusong.js';

const root = mkdtempSync(join(tmpdir(), 'fiscal-import-'));
afterAll(() => rmSync(root, { recursive: true }));

let count = 0;
let data: string;
beforeEach(() => {
  data = join(root, String(count++));
});

const post = (input: string | Uint8Array, ...more: string[]) => importInto(data, input, ...more);
const size = () => sizeOf(data);

describe('refused with a word and a sentence, and nothing is stored', () => {
  const cases: readonly [string, string, string, ...string[]][] = [
    ['an amount as a number', pay({ amount: 1.5 }), 'invalid-amount', '1.5', 'lines.0.amount'],
    ['1e3', pay({ amount: '1e3' }), 'invalid-amount', '"1e3"'],
    ['-0.00', pay({ amount: '-0.00' }), 'invalid-amount', '"-0.00"'],
    ['three decimals', pay({ amount: '1.005' }), 'invalid-amount', '"1.005"'],
    ['full-width digits', pay({ amount: '１.００' }), 'invalid-amount', '１.００'],
    ['10^16', pay({ amount: '10000000000000000.00' }), 'invalid-amount', '10000000000000000.00'],
    ['an unknown project', pay({ project: 'ZZ' }), 'unknown-project', 'ZZ'],
    ['an unknown fund', pay({ fund: 'cash' }), 'unknown-fund', 'cash'],
    ['an unknown economic code', pay({ economic: '30298' }), 'unknown-economic', '30298'],
    [
      'one fen too much',
      pay({ amount: '2111400.01' }),
      'insufficient-budget',
      'AZ 安置经费',
      '2111400.00',
      '2111400.01',
    ],
    [
      'more carryover than is there',
      adjust({ project: 'YF', origin: 'carryover', amount: '2080.01' }),
      'insufficient-carryover',
      'YF 优抚经费',
      '2080.00',
      '2080.01',
    ],
    [
      'a second approval',
      command('approve-budget', { document, lines: [{ ...line({}), economic: undefined }] }),
      'already-approved',
      'AZ 安置经费',
      'lusong-2023-0009',
    ],
    [
      'a reversal of spent money',
      command('reverse-entry', { entry: 'lusong-2023-0009', reason: '记错' }),
      'insufficient-budget',
      'GY 公用经费',
    ],
    ['a torn line', pay({}).slice(0, 80), 'invalid-json'],
    ['a key twice', pay({}).replace('{', '{"id":"other",'), 'invalid-json', 'twice'],
    [
      'a field that is not known',
      command('reverse-entry', { entry: 'a', reason: 'b', memo: 1 }),
      'unknown-field',
      'memo',
    ],
  ];
  it.each(cases)('%s', async (_, bad, code, ...says) => {
    const answer = await post([...october, bad].join('\n'));
    expect(answer.accepted).toBe(20);
    expect(answer.rejected).toMatchObject([{ line: 21, code }]);
    for (const words of ['line 21', ...says]) expect(answer.rejected[0]!.message).toContain(words);
    expect(await size()).toBe(20);
  });

  it('a file that is not UTF-8', async () => {
    const bad = Buffer.from(`${october.join('\n')}\n${pay({})}`);
    bad[bad.length - 100] = 0xff;
    const answer = await post(bad);
    expect(answer.rejected).toMatchObject([{ line: 21, code: 'invalid-encoding' }]);
    expect(await size()).toBe(20);
  });

  it('a second reversal', async () => {
    const reverse = (id: string) =>
      JSON.stringify({
        command: 'reverse-entry',
        ...BOOK,
        id,
        entry: 'lusong-2023-0016',
        reason: '记错',
      });
    const answer = await post([...october, reverse('r-1'), reverse('r-2')].join('\n'));
    expect(answer.rejected).toMatchObject([{ line: 22, id: 'r-2', code: 'already-reversed' }]);
    expect(answer.rejected[0]!.message).toContain('r-1');
    expect(await size()).toBe(21);
  });

  it('a payment after the close', async () => {
    const answer = await post([...commandLines, pay({})].join('\n'));
    expect(answer.rejected).toMatchObject([{ line: 45, code: 'year-closed' }]);
    expect(await size()).toBe(44);
  });

  it('the same id with other content', async () => {
    const other = commandLines[2]!.replace('公用经费', '公用');
    const answer = await post([...october, other].join('\n'));
    expect(answer.rejected).toMatchObject([
      { line: 21, id: 'lusong-2023-0003', code: 'idempotency-mismatch' },
    ]);
    expect(await size()).toBe(20);
  });

  it('a close whose remainder is one fen off names the difference', async () => {
    const close = commandLines.at(-1)!.replace('2080.00', '2080.01');
    const answer = await post([...commandLines.slice(0, -1), close].join('\n'));
    expect(answer.rejected).toMatchObject([{ line: 44, code: 'carryover-mismatch' }]);
    for (const words of ['YF 优抚经费', '2080.00', '2080.01', 'difference 0.01'])
      expect(answer.rejected[0]!.message).toContain(words);
    expect(await size()).toBe(43);
  });
});

it('a rejected line does not stop the others', async () => {
  const lines = [...october.slice(0, 10), 'not json', ...october.slice(10)];
  const answer = await post(lines.join('\n'));
  expect(answer).toMatchObject({ accepted: 20, rejected: [{ line: 11, code: 'invalid-json' }] });
});

it('blank lines are passed over, a line beyond 1 MiB is refused, and null is no command', async () => {
  const long = pay({ reason: '甲'.repeat(400_000) });
  const answer = await post(['', ...october, '  ', long, 'null', ''].join('\r\n'));
  expect(answer).toMatchObject({
    accepted: 20,
    rejected: [
      { line: 23, code: 'payload-too-large' },
      { line: 24, id: null, code: 'invalid-json' },
    ],
  });
});

it('the same id twice in a file is one command', async () => {
  const answer = await post([...october, october[19]].join('\n'));
  expect(answer).toEqual({ accepted: 20, replayed: 1, rejected: [] });
});

it('who posts must be a name', async () => {
  const args = ['import', '-', '--data', data, '--actor', ' '];
  expect(await fiscal(args, october[0])).toMatchObject({ code: 2 });
  const answer = await post(october[0]!.replace('{', '{"actor": "",'));
  expect(answer.rejected).toMatchObject([{ line: 1, code: 'invalid-command' }]);
});

it('a line says itself who posts and who approves', async () => {
  const reopen = (id: string, people: object) =>
    JSON.stringify({ command: 'reopen-year', ...BOOK, id, reason: '补记', ...people });
  const answer = await post(
    [
      ...commandLines,
      reopen('o-1', { actor: '甲', approvedBy: '甲' }),
      reopen('o-2', { actor: '甲', approvedBy: '乙' }),
    ].join('\n'),
  );
  expect(answer).toMatchObject({
    accepted: 45,
    rejected: [{ id: 'o-1', code: 'approval-required' }],
  });
});
