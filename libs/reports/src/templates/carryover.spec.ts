import { describe, expect, test } from '@jest/globals';
import { findCell, makeReport } from '../index.js';
import { figuresOf, lusongCommands, Postings } from '../testing/ledger.js';

const YF = 'YF:general-public-budget:carryover';
const GL = 'GL:general-public-budget:carryover';

describe('carryover', () => {
  test('shows what came in, was released, was spent and is left, with its source', async () => {
    const report = makeReport('carryover', { figures: await figuresOf(lusongCommands) });
    const shown = (row: string) =>
      Object.fromEntries(
        report.tables[0]!.columns.map((c) => [c.id, findCell(report, row, c.id).shown]),
      );
    expect(shown(YF)).toEqual({
      fund: '一般公共预算',
      origin: '上年结转',
      sourceYear: '2022',
      document: '2022年度决算批复',
      carryoverIn: '11.68',
      releasedCarryover: '11.47',
      expenditure: '11.47',
      carryoverOut: '0.21',
      carriedForward: '0.21',
      surplus: '0.00',
      recovered: '0.00',
    });
    expect(shown(GL)).toMatchObject({ carryoverIn: '1.56', carryoverOut: '1.56' });
    expect(shown('total')).toMatchObject({ carryoverOut: '1.76', carriedForward: '1.76' });
  });

  test('carries the note of the worked case', async () => {
    const report = makeReport('carryover', { figures: await figuresOf(lusongCommands) });
    expect(report.tables[0]!.notes).toContain(
      '尾差：年末结转结余 优抚经费 0.21 + 退役军人事务管理支出 1.56 = 1.77，合计 1.76，差 0.01（四舍五入）',
    );
  });

  test('says nothing of a close before there was one', async () => {
    const report = makeReport('carryover', {
      figures: await figuresOf(lusongCommands.filter((c) => c.command !== 'close-year')),
    });
    expect(report.tables[0]!.columns.map((c) => c.id)).not.toContain('carriedForward');
  });

  test('lists the sources of a line with several, and lines of the year with a remainder', async () => {
    const carryover = { fund: 'general-public-budget', origin: 'carryover' } as const;
    const book = new Postings().project('A', '100000.00').post('2023-01-02', 'bring-in-carryover', {
      document: { number: '决算批复', date: '2023-01-02' },
      fromFiscalYear: 2022,
      lines: [
        { ...carryover, project: 'A', amount: '100.00', sourceFiscalYear: 2021 },
        { ...carryover, project: 'A', amount: '200.00', sourceFiscalYear: 2022 },
      ],
    });
    const report = makeReport(
      'carryover',
      { figures: await figuresOf(book.commands) },
      { amountUnit: '元' },
    );
    const rows = report.tables[0]!.rows;
    expect(
      rows.map((r) => [
        r.level,
        r.label,
        r.cells['carryoverIn']!.shown,
        r.cells['carryoverOut']!.shown,
      ]),
    ).toEqual([
      [0, 'A', '0.00', '100000.00'],
      [0, 'A', '300.00', '300.00'],
      [1, '2021 决算批复', '100.00', ''],
      [1, '2022 决算批复', '200.00', ''],
      [0, '合计', '300.00', '100300.00'],
    ]);
    expect(rows[1]!.cells['sourceYear']!.shown).toBe('2021、2022');
  });
});
