import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fiscal } from './cli.js';
import { commandLines, printedFigures } from './lusong.js';

const samples = join(import.meta.dirname, '..', 'samples', 'lusong-2023');
const data = mkdtempSync(join(tmpdir(), 'fiscal-cli-'));
const UNIT = '430203-208001';
const book = ['--unit', UNIT, '--year', '2023', '--data', data];
afterAll(() => rmSync(data, { recursive: true }));

interface Answer {
  tenThousand?: string;
  percent?: string;
  score?: string;
  logSize: number;
  events: number[];
}
let answers: Answer[];

beforeAll(async () => {
  const imported = await fiscal([
    'import',
    join(samples, 'commands.ndjson'),
    '--data',
    data,
    '--json',
  ]);
  expect(imported.json()).toEqual({ accepted: 44, replayed: 0, rejected: [] });
  const ran = await fiscal([
    'measure',
    '--queries',
    join(samples, 'printed-figures.json'),
    ...book,
  ]);
  answers = ran.json<Answer[]>();
});

describe('measure --queries', () => {
  it.each(printedFigures.map((figure, i) => ({ ...figure, i })))('$where: $printed', (figure) => {
    const { tenThousand, percent, score } = answers[figure.i]!;
    const expected = figure.reproducible === false ? figure.ledger : figure.printed;
    expect(Number(tenThousand ?? percent ?? score)).toBe(Number(expected));
  });
});

it('importing a file twice changes nothing', async () => {
  const before = await fiscal(['events', '--data', data, '--json']);
  const again = await fiscal([
    'import',
    join(samples, 'commands.ndjson'),
    '--data',
    data,
    '--json',
  ]);
  expect(again).toMatchObject({ code: 0 });
  expect(again.json()).toEqual({ accepted: 0, replayed: 44, rejected: [] });
  expect((await fiscal(['events', '--data', data, '--json'])).stdout).toBe(before.stdout);
});

it('a report is JSON of the agreed shape, and each cell explains itself', async () => {
  interface Report {
    report: string;
    logSize: number;
    columns: { id: string; label: string }[];
    rows: {
      id: string;
      level: number;
      cells: Record<string, { exact: string; shown: string; events: number[] }>;
    }[];
  }
  const ran = await fiscal(['report', 'annex-3', ...book, '--json']);
  const report = ran.json<Report>();
  expect(report).toMatchObject({
    report: 'annex-3',
    unit: '430203-208001',
    fiscalYear: 2023,
    logSize: 44,
  });
  const row = report.rows.find((r) => r.cells['fullYearBudget']?.shown === '2227.73')!;
  expect(row.cells).toMatchObject({
    initialBudget: { exact: '23727000.00', shown: '2372.70' },
    expenditure: { exact: '22259700.00', shown: '2225.97' },
    executionRate: { exact: '99.92', shown: '99.92%' },
  });
  const explained = await fiscal(['explain', 'annex-3', row.id, 'expenditure', ...book, '--json']);
  const { events } = explained.json<{ events: { index: number; type: string }[] }>();
  expect(events.map((e) => e.index)).toEqual(row.cells['expenditure']!.events);
  expect(new Set(events.map((e) => e.type))).toEqual(new Set(['PaymentMade']));
});

it('a register is a report', async () => {
  const ran = await fiscal(['report', 'payments', ...book, '--json', '--to', '2023-08-01']);
  expect(ran.stdout).toContain('义务兵家庭及入伍奖励对象');
  expect(ran.stdout).not.toContain('在职人员');
});

it('queries come from standard input, scopes beside the measure, each with its own moment', async () => {
  const queries = [
    { measure: 'expenditure', project: 'YF', economic: '30307', unit: '万元' },
    { measure: 'expenditure', scope: { category: ['project'] }, to: '2023-06-30' },
    { measure: 'fullYearBudget', knownAt: 9 },
  ];
  const ask = ['measure', '--queries', '-', '--data', data, '--unit', UNIT, '--year', '2023'];
  const exact = (await fiscal(ask, JSON.stringify(queries))).json<{ exact: string }[]>();
  expect(exact.map((a) => a.exact)).toEqual(['3920400.00', '9900000.00', '23859340.00']);
  const misspelt = [{ measure: 'expenditure', scope: { projects: ['YF'] } }];
  const refused = await fiscal([...ask, '--json'], JSON.stringify(misspelt));
  expect(refused).toMatchObject({ code: 1 });
  expect(refused.stdout).toContain('projects');
});

it.each(['text', 'csv', 'html'])('a report is written as %s', async (format) => {
  const ran = await fiscal(['report', 'execution', ...book, '--format', format]);
  expect(ran.code).toBe(0);
  expect(ran.stdout).toContain('优抚经费');
  expect(ran.stdout).toContain('1828.14');
});

it('answers as of a business date and as known at a log size', async () => {
  const june = await fiscal(['measure', 'expenditure', ...book, '--to', '2023-06-30', '--json']);
  expect(june.json()).toMatchObject({ exact: '9900000.00', events: [12] });
  const known = await fiscal(['measure', 'fullYearBudget', ...book, '--known-at', '9', '--json']);
  expect(known.json()).toMatchObject({ exact: '23859340.00', logSize: 9 });
  const beyond = await fiscal(['measure', 'fullYearBudget', ...book, '--known-at', '45', '--json']);
  expect(beyond).toMatchObject({ code: 1 });
  expect(beyond.json()).toMatchObject({ error: { code: 'known-at-beyond-log' } });
});

it('proposes the carryover of a close as the rule has it', async () => {
  const other = mkdtempSync(join(tmpdir(), 'fiscal-cli-'));
  await fiscal(['import', '-', '--data', other], commandLines.slice(0, -1).join('\n'));
  const args = ['--unit', UNIT, '--year', '2023', '--data', other, '--json'];
  const ran = await fiscal(['propose-closing', ...args]);
  expect(ran.json()).toMatchObject({
    carryover: [
      { project: 'GL', origin: 'carryover', amount: '15560.00', kind: 'carry-forward' },
      { project: 'YF', origin: 'carryover', amount: '2080.00', kind: 'carry-forward' },
    ],
  });
  rmSync(other, { recursive: true });
});

it('prepares the next year, which can be piped into an import', async () => {
  const opening = await fiscal(['prepare-opening', ...book]);
  const other = mkdtempSync(join(tmpdir(), 'fiscal-cli-'));
  const imported = await fiscal(['import', '-', '--data', other, '--json'], opening.stdout);
  expect(imported.json()).toMatchObject({ accepted: 4, rejected: [] });
  rmSync(other, { recursive: true });
});

it('a rebuild and a backup answer what they did', async () => {
  const rebuilt = await fiscal(['rebuild', '--data', data, '--json']);
  expect(rebuilt.json()).toEqual({ events: 44 });
  const copy = await fiscal(['backup', join(data, 'copy.db'), '--data', data, '--json']);
  expect(copy.json()).toMatchObject({ logSize: 44 });
});

it('wrong usage is 2, a refusal is 1, and both say what is wrong', async () => {
  expect(await fiscal(['nonsense'])).toMatchObject({ code: 2 });
  expect(await fiscal(['report', 'execution', '--data', data])).toMatchObject({ code: 2 });
  expect(await fiscal(['import', '/no/such/file', '--data', data])).toMatchObject({ code: 2 });
  const nowhere = join(data, 'no', 'such', 'folder.txt');
  const out = await fiscal(['report', 'execution', ...book, '--out', nowhere]);
  expect(out).toMatchObject({ code: 2 });
  const usage = await fiscal(['measure', 'expenditure', '--unit', UNIT, '--json', '--data', data]);
  expect(usage).toMatchObject({ code: 2, stderr: '' });
  expect(usage.json()).toMatchObject({ error: { code: 'invalid-query' } });
  const unknown = await fiscal(['report', 'balance', ...book]);
  expect(unknown).toMatchObject({ code: 1 });
  expect(unknown.stderr).toContain('unknown-report');
  expect(unknown.stderr).toContain('annex-3');
});

it('a question to a mistyped directory makes no ledger there', async () => {
  const nowhere = join(data, 'nowhere');
  const asked = ['measure', 'expenditure', ...book.slice(0, 4), '--data', nowhere];
  const { code, stderr } = await fiscal(asked);
  expect([code, stderr]).toEqual([
    1,
    `fiscal: store-unavailable: there is no ledger in ${nowhere}\n`,
  ]);
  expect(existsSync(nowhere)).toBe(false);
});
