import { beforeAll, describe, expect, test } from '@jest/globals';
import { findCell, makeReport, toJson } from '../../index.js';
import type { Report } from '../../model.js';
import { CURRENT, figuresOf, lusongCommands, Postings } from '../../testing/ledger.js';

let report: Report;
beforeAll(async () => {
  report = makeReport('final-accounts', { figures: await figuresOf(lusongCommands) });
});

const shown = (row: string, column: string) => findCell(report, row, column).shown;

describe('final accounts', () => {
  test('are the nine published tables', () => {
    expect(report.tables.map((t) => `${t.form} ${t.title}`)).toEqual([
      '公开01表 收入支出决算总表',
      '公开02表 收入决算表',
      '公开03表 支出决算表',
      '公开04表 财政拨款收入支出决算总表',
      '公开05表 一般公共预算财政拨款支出决算表',
      '公开06表 一般公共预算财政拨款基本支出决算明细表',
      '公开07表 政府性基金预算财政拨款收入支出决算表',
      '公开08表 国有资本经营预算财政拨款支出决算表',
      '公开09表 财政拨款“三公”经费支出决算表',
    ]);
  });

  test('01 balances: income and what came in equal expenditure and what is left', () => {
    expect(shown('01/general-public-budget', 'income')).toBe('2214.50');
    expect(shown('01/income-total', 'income')).toBe('2214.50');
    expect(shown('01/carryover-in', 'income')).toBe('13.23');
    expect(shown('01/208', 'expenditure')).toBe('2225.97');
    expect(shown('01/expenditure-total', 'expenditure')).toBe('2225.97');
    expect(shown('01/carryover-out', 'expenditure')).toBe('1.76');
    expect(findCell(report, '01/total', 'income').exact).toBe('22277340.00');
    expect(findCell(report, '01/total', 'expenditure').exact).toBe('22277340.00');
    expect(report.tables[0]!.notes).toEqual(['收入总计与支出总计：2227.73 = 2227.73，平衡']);
  });

  test('04 balances in each kind of budget', () => {
    const right = ['expenditure', 'expenditure-general-public-budget'];
    for (const column of right) expect(shown('04/total', column)).toBe('2227.73');
    expect(shown('04/total', 'income')).toBe('2227.73');
    expect(shown('04/total', 'expenditure-government-fund')).toBe('0.00');
  });

  test('both sides of 01 end level, and lines are numbered through both halves', () => {
    const { rows } = report.tables[0]!;
    const last = rows.at(-1)!.cells;
    expect(last['expenditureItem']!.shown).toBe('总计');
    expect([last['incomeLine']!.shown, last['expenditureLine']!.shown]).toEqual(['30', '60']);
  });

  test('05 goes down from 类 to 款 and 项', () => {
    const rows = report.tables.find((t) => t.id === '05')!.rows;
    expect(rows.map((r) => [r.level, r.id])).toEqual([
      [0, 'total'],
      [0, '208'],
      [1, '20808'],
      [2, '2080899'],
      [1, '20809'],
      [2, '2080999'],
      [1, '20828'],
      [2, '2082801'],
      [2, '2082802'],
      [2, '2082899'],
    ]);
    expect(shown('05/20828', 'total')).toBe('186.69');
    expect(shown('05/20828', 'basic')).toBe('143.17');
    expect(shown('05/total', 'project')).toBe('2082.80');
  });

  test('06 divides basic expenditure into personnel and operating', () => {
    expect(shown('06/personnel-total', 'personnel')).toBe('133.77');
    expect(shown('06/operating-total', 'operating')).toBe('9.40');
    expect(shown('06/30299', 'operating')).toBe('8.96');
  });

  test('an empty table says that it is', () => {
    for (const id of ['07', '08', '09'])
      expect(report.tables.find((t) => t.id === id)!.notes.join()).toMatch(
        /^空表说明：株洲市芦淞区退役军人事务局2023年度没有.+，故本表无数据。$/,
      );
    for (const id of ['01', '05'])
      expect(report.tables.find((t) => t.id === id)!.notes.join()).not.toContain('空表');
  });

  test('each table is a report of its own', async () => {
    const figures = await figuresOf(lusongCommands);
    const own = makeReport('final-accounts-05', { figures });
    expect(own.title.zh).toBe('2023年度一般公共预算财政拨款支出决算表');
    expect(findCell(own, '2080899', 'total').shown).toBe('1828.14');
  });

  test('every row has an id of its own in the report, which names its cells', () => {
    const { rows } = toJson(report);
    expect(new Set(rows.map((r) => r.id)).size).toBe(rows.length);
    for (const row of rows)
      for (const [column, cell] of Object.entries(row.cells))
        expect(findCell(report, row.id, column)).toMatchObject(cell);
  });

  test('every amount knows the events behind it', () => {
    for (const table of report.tables)
      for (const row of table.rows)
        for (const cell of Object.values(row.cells))
          if (/^-?\d+\.\d\d$/.test(cell.exact) && cell.exact !== '0.00')
            expect(cell.events.length).toBeGreaterThan(0);
  });

  test('money of every fund has its line, so that both sides stay equal', async () => {
    const funds = [
      'government-fund',
      'state-capital',
      'fiscal-special-account',
      'other-funds',
      'social-insurance',
    ];
    const book = new Postings().project('A', '1000.00');
    for (const [i, fund] of funds.entries()) {
      const line = { ...CURRENT, fund, project: 'A' };
      book
        .post('2023-03-01', 'approve-budget', {
          document: { number: fund, date: '2023-03-01' },
          lines: [{ ...line, amount: `${i + 1}000.00` }],
        })
        .post('2023-04-01', 'make-payment', {
          payee: '甲',
          lines: [{ ...line, economic: '30201', amount: `${i + 1}00.00` }],
        });
    }
    const all = makeReport(
      'final-accounts',
      { figures: await figuresOf(book.commands) },
      { amountUnit: '元' },
    );
    const exact = (row: string, column: string) => findCell(all, row, column).exact;
    expect(exact('01/other', 'income')).toBe('9000.00');
    expect(exact('01/total', 'income')).toBe('16000.00');
    expect(exact('01/total', 'expenditure')).toBe('16000.00');
    expect(exact('07/2080899', 'carryoverOut')).toBe('900.00');
    expect(exact('08/total', 'total')).toBe('200.00');
    expect(all.tables.flatMap((t) => t.notes).filter((n) => n.startsWith('不'))).toEqual([]);
  });
});
