import { describe, expect, test } from '@jest/globals';
import { findCell, makeReport } from '../index.js';
import { CURRENT, figuresOf, lusongCommands, Postings } from '../testing/ledger.js';

describe('trial balance', () => {
  test('balances for the worked case', async () => {
    const report = makeReport('trial-balance', { figures: await figuresOf(lusongCommands) });
    const total = (column: string) => findCell(report, 'total', column).exact;
    expect(total('debit')).toBe(total('credit'));
    expect(total('debitBalance')).toBe(total('creditBalance'));
    expect(findCell(report, 'expended', 'debitBalance').shown).toBe('2225.97');
    expect(findCell(report, 'carriedForward', 'debitBalance').shown).toBe('1.76');
    expect(findCell(report, 'sourceReduction', 'debitBalance').shown).toBe('51.81');
    expect(report.tables[0]!.notes).toContain(
      '借方发生额合计与贷方发生额合计：5212.32 = 5212.32，平衡',
    );
  });

  test('a reversal takes turnover back', async () => {
    const book = new Postings().project('A', '1000.00').post('2023-03-01', 'make-payment', {
      payee: '甲',
      lines: [{ ...CURRENT, project: 'A', economic: '30201', amount: '100.00' }],
    });
    book.post('2023-03-02', 'reverse-entry', { entry: book.commands.at(-1)!.id, reason: '误付' });
    const report = makeReport('trial-balance', { figures: await figuresOf(book.commands) });
    expect(findCell(report, 'expended', 'debit').exact).toBe('0.00');
    expect(findCell(report, 'total', 'debit').exact).toBe('1000.00');
  });
});
