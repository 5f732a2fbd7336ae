import { describe, expect, test } from '@jest/globals';
import { LedgerRefusal } from '#domain';
import { findCell, makeReport, REPORTS } from './index.js';
import { figuresOf, lusongCommands, registerOf } from './testing/ledger.js';

const refusalOf = (act: () => unknown): LedgerRefusal['error'] => {
  try {
    act();
  } catch (error) {
    if (error instanceof LedgerRefusal) return error.error;
    throw error;
  }
  throw new Error('nothing was refused');
};

describe('catalogue', () => {
  test('names every report in both languages', () => {
    expect(REPORTS.map((r) => r.name)).toEqual([
      'execution',
      'carryover',
      'final-accounts',
      ...['01', '02', '03', '04', '05', '06', '07', '08', '09'].map((n) => `final-accounts-${n}`),
      'annex-2',
      'annex-3',
      'trial-balance',
      'payments',
      'adjustments',
      'direct-allocations',
      'reservations',
    ]);
    expect(REPORTS[0]).toEqual({
      name: 'execution',
      zh: '预算执行情况表',
      en: 'Budget execution',
      kind: 'figures',
    });
    for (const { zh, en } of REPORTS) expect(`${zh}${en}`).not.toContain('{');
  });

  test('every report can be made of the worked case', async () => {
    for (const { name, kind } of REPORTS) {
      const from =
        kind === 'register'
          ? await registerOf(name as 'payments', lusongCommands)
          : { figures: await figuresOf(lusongCommands) };
      const report = makeReport(name, from);
      expect(report.report).toBe(name);
      expect(report.logSize).toBe(44);
    }
  });

  test('refuses a name that it does not know, with those that it does', async () => {
    const figures = await figuresOf(lusongCommands);
    const { code, message } = refusalOf(() => makeReport('annex-9', { figures }));
    expect(code).toBe('unknown-report');
    expect(message).toContain('annex-9');
    expect(message).toContain('annex-2, annex-3');
  });
});

describe('find a cell', () => {
  test('by row and column, with the events behind it', async () => {
    const report = makeReport('execution', { figures: await figuresOf(lusongCommands) });
    expect(findCell(report, 'AZ', 'midYearAdjustment')).toMatchObject({
      exact: '-466100.00',
      shown: '-46.61',
      events: [15],
    });
  });

  test('refuses one that is not there', async () => {
    const report = makeReport('execution', { figures: await figuresOf(lusongCommands) });
    for (const [row, column] of [
      ['AZ', 'profit'],
      ['ZZ', 'expenditure'],
      ['AZ', 'constructor'],
    ] as const)
      expect(refusalOf(() => findCell(report, row, column)).code).toBe('unknown-cell');
  });

  test('refuses to choose between tables', async () => {
    const report = makeReport('final-accounts', { figures: await figuresOf(lusongCommands) });
    expect(refusalOf(() => findCell(report, 'total', 'basic')).message).toContain(
      '03/total, 05/total, 07/total, 08/total',
    );
    expect(findCell(report, '05/total', 'basic').shown).toBe('143.17');
    // a row of the right half by its own name
    expect(findCell(report, '01/208', 'expenditure').shown).toBe('2225.97');
  });
});
