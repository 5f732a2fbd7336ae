import { describe, expect, test } from '@jest/globals';
import { makeReport, render, REPORTS, toJson } from '../index.js';
import type { Report, Table } from '../model.js';
import { figuresOf, lusongCommands, Postings, registerOf } from '../testing/ledger.js';
import { displayWidth } from './width.js';

const HOSTILE = `<script>alert("1")</script>&'`;

const report = (table: Partial<Table>): Report => ({
  report: 'test',
  title: { zh: '表', en: 'Table' },
  lang: 'zh',
  unit: 'u',
  unitName: '单位',
  fiscalYear: 2023,
  logSize: 1,
  asOf: {},
  amountUnit: '元',
  layout: 'tables',
  heading: ['单位：元'],
  tables: [
    {
      id: 't',
      title: '表',
      rowHeader: { label: '项目' },
      columns: [{ id: 'a', label: '值', align: 'left' }],
      rows: [],
      notes: [],
      ...table,
    },
  ],
  notes: [],
  signature: [],
  provenance: '账簿',
});

const withTexts = (...texts: readonly string[]): Report =>
  report({
    rows: texts.map((text, i) => ({
      id: `r${i}`,
      label: text,
      level: 0,
      cells: { a: { exact: text, shown: text, events: [] } },
    })),
  });

describe('csv', () => {
  test('is RFC 4180 with a byte order mark', () => {
    expect(render(withTexts('一,二', '说"三"', '行\n行'), 'csv')).toBe(
      '\ufeff代码,项目,值\r\nr0,"一,二","一,二"\r\nr1,"说""三""","说""三"""\r\nr2,"行\n行","行\n行"\r\n',
    );
  });

  test.each(['=1+1', '+A1', '-A1', '-1+2', '@SUM(A1)', '\t=1', '\r=1', '＝1', '＋1', '－1', '＠A'])(
    'keeps %j a text',
    (text) => {
      expect(render(withTexts(text), 'csv')).toContain(`'${text}`);
    },
  );

  test.each(['-46.61', '0.00', '99.92%', '2082801'])('leaves the number %s a number', (number) => {
    expect(render(withTexts(number), 'csv')).toContain(`r0,${number},${number}\r\n`);
  });

  test('has records of one length, and the notes', async () => {
    const csv = render(makeReport('annex-2', { figures: await figuresOf(lusongCommands) }), 'csv');
    const lengths = csv
      .trimEnd()
      .split('\r\n')
      .map((record) => record.split(',').length);
    expect(new Set(lengths).size).toBe(1);
    expect(csv).toContain('说明：“项目支出”');
  });
});

describe('html', () => {
  test('escapes a hostile project name everywhere', async () => {
    const book = new Postings(HOSTILE).project('A', '1000.00', { name: HOSTILE });
    const figures = await figuresOf(book.commands);
    for (const name of ['execution', 'carryover', 'annex-2', 'annex-3', 'final-accounts']) {
      const html = render(makeReport(name, { figures }), 'html');
      expect(html).not.toContain('<script');
      expect(html).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;');
    }
  });

  test('is one page that needs nothing else', async () => {
    const figures = await figuresOf(lusongCommands);
    const html = render(makeReport('annex-3', { figures }), 'html');
    expect(html).toMatch(/^<!doctype html>\n<html lang="zh-CN">/);
    expect(html).not.toMatch(/(src|href)=|@import|url\(/);
    expect(html).toContain('<th scope="col">年初预算数</th>');
    expect(html).toContain('单位负责人签字：');
    expect(render(makeReport('annex-3', { figures }, { lang: 'en' }), 'html')).toContain(
      '<html lang="en">',
    );
  });

  test('joins equal labels below each other, and headings over their columns', async () => {
    const figures = await figuresOf(lusongCommands);
    const annex = render(makeReport('annex-3', { figures }), 'html');
    expect(annex).toContain('rowspan="3">产出指标（40分）</th>');
    expect(annex.match(/产出指标/g)).toHaveLength(1);
    const table09 = render(makeReport('final-accounts-09', { figures }), 'html');
    expect(table09).toContain('<th scope="colgroup" colspan="6">预算数</th>');
    expect(table09).toContain('<th scope="colgroup" colspan="3">公务用车购置及运行维护费</th>');
    expect(table09).toContain('<th scope="col" rowspan="2">合计</th>');
  });
});

describe('text', () => {
  test('every line of a table is as wide as the others, CJK counted as two', async () => {
    for (const { name, kind } of REPORTS) {
      const from =
        kind === 'register'
          ? await registerOf(name as 'payments', lusongCommands)
          : { figures: await figuresOf(lusongCommands) };
      const tables = render(makeReport(name, from), 'text')
        .split('\n')
        .filter((line) => /^[┌├│└]/.test(line));
      for (const line of tables) expect(displayWidth(line)).toBeLessThanOrEqual(120);
      if (makeReport(name, from).tables.length === 1)
        expect(new Set(tables.map(displayWidth)).size).toBe(1);
    }
  });

  test('no control character of a name reaches the terminal', () => {
    const text = render(withTexts('a\u001b[31mb\u202e\u0007'), 'text');
    for (const mark of ['\u001b', '\u202e', '\u0007']) expect(text).not.toContain(mark);
  });

  test('wraps long texts and keeps their indentation', () => {
    const long = '很长的名称'.repeat(20);
    const text = render(
      report({
        columns: [{ id: 'a', label: '金额', align: 'right' }],
        rows: [
          {
            id: 'r',
            label: long,
            level: 1,
            cells: { a: { exact: '1.00', shown: '1.00', events: [] } },
          },
        ],
      }),
      'text',
    );
    const lines = text.split('\n').filter((line) => /^│ {3}[很长的名称]/.test(line));
    expect(lines.length).toBeGreaterThan(1);
    expect(lines[0]).toContain('1.00');
  });

  test('a thousand rows are drawn in reasonable time', () => {
    const started = performance.now();
    render(withTexts(...Array.from({ length: 1000 }, (_, i) => `行${i}`)), 'text');
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

describe('json', () => {
  test('is what the contract promises', async () => {
    const figures = await figuresOf(lusongCommands);
    const json = toJson(makeReport('execution', { figures }));
    expect(json).toMatchObject({
      report: 'execution',
      unit: '430203-208001',
      fiscalYear: 2023,
      logSize: 44,
      asOf: {},
    });
    expect(json.columns[0]).toEqual({ id: 'initialBudget', label: '年初预算' });
    expect(json.rows.find((r) => r.id === 'AZ')).toMatchObject({
      label: '安置经费',
      level: 1,
      cells: { initialBudget: { exact: '2577500.00', shown: '257.75', events: [8] } },
    });
    expect(json.tables).toBeUndefined();
    expect(JSON.parse(render(makeReport('execution', { figures }), 'json'))).toEqual(json);
  });

  test('of several tables has each of them, and all rows together', async () => {
    const json = toJson(makeReport('final-accounts', { figures: await figuresOf(lusongCommands) }));
    expect(json.tables!.map((t) => t.id)).toEqual([
      '01',
      '02',
      '03',
      '04',
      '05',
      '06',
      '07',
      '08',
      '09',
    ]);
    expect(json.rows).toEqual(json.tables!.flatMap((t) => t.rows));
    expect(json.rows.find((r) => r.id === '05/2082801')).toMatchObject({ table: '05', level: 2 });
    expect(new Set(json.columns.map((c) => c.id)).size).toBe(json.columns.length);
  });
});
