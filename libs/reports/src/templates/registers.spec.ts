import { describe, expect, test } from '@jest/globals';
import { findCell, makeReport } from '../index.js';
import type { Report } from '../model.js';
import { CURRENT, lusongCommands, Postings, registerOf } from '../testing/ledger.js';

const line = (amount: string) => ({ ...CURRENT, project: 'A', economic: '30201', amount });
const bare = (amount: string) => ({ ...CURRENT, project: 'A', amount });
const document = { number: '文1', date: '2023-03-01' };

const rows = (report: Report, ...columns: string[]) =>
  report.tables[0]!.rows.map((row) => [
    row.level,
    row.label,
    ...columns.map((c) => row.cells[c]!.shown),
  ]);

describe('registers', () => {
  test('payments add up to the expenditure of the book', async () => {
    const report = makeReport('payments', await registerOf('payments', lusongCommands));
    expect(findCell(report, 'total', 'amount').shown).toBe('2225.97');
    expect(findCell(report, 'total', 'procurement').shown).toBe('57.12');
    expect(findCell(report, '23.2', 'origin').shown).toBe('上年结转');
  });

  test('refunds and reversals of payments are negative', async () => {
    const book = new Postings()
      .project('A', '1000.00')
      .post('2023-03-01', 'make-payment', { payee: '甲', lines: [line('100.00')] })
      .post('2023-03-02', 'refund-payment', {
        payment: 'c4',
        reason: '多付',
        lines: [line('30.00')],
      })
      .post('2023-03-03', 'make-payment', { payee: '乙', lines: [line('50.00')] })
      .post('2023-03-04', 'reverse-entry', { entry: 'c6', reason: '误付' });
    const report = makeReport('payments', await registerOf('payments', book.commands), {
      amountUnit: '元',
    });
    expect(rows(report, 'party', 'amount')).toEqual([
      [0, '3 支付', '甲', '100.00'],
      [0, '4 退款', '', '-30.00'],
      [0, '5 支付', '乙', '50.00'],
      [0, '6 冲销', '', '-50.00'],
      [0, '合计', '', '70.00'],
    ]);
  });

  test('adjustments add up to the mid-year adjustment', async () => {
    const report = makeReport('adjustments', await registerOf('adjustments', lusongCommands));
    expect(findCell(report, 'total', 'amount').shown).toBe('173.27');
  });

  test('an allocation that nobody acknowledged ages', async () => {
    const from = await registerOf('direct-allocations', lusongCommands);
    const report = makeReport('direct-allocations', from);
    expect(findCell(report, '11', 'open').shown).toBe('320.00');
    expect(findCell(report, '11', 'age').shown).toBe('255');
    const may = await registerOf('direct-allocations', lusongCommands, { to: '2023-05-01' });
    expect(findCell(makeReport('direct-allocations', may), '11', 'age').shown).toBe('11');
  });

  test('acknowledgements stand below their allocation and close it', async () => {
    const book = new Postings()
      .project('A', '1000.00')
      .post('2023-03-01', 'allocate-directly', {
        document,
        recipient: { code: 'jd', name: '街道' },
        reason: '直拨',
        lines: [bare('300.00')],
      })
      .post('2023-03-05', 'acknowledge-allocation', { allocation: 'c4', amount: '200.00' })
      .post('2023-03-06', 'acknowledge-allocation', { allocation: 'c4', amount: '100.00' })
      .post('2023-03-07', 'reverse-entry', { entry: 'c6', reason: '误认' });
    const report = makeReport(
      'direct-allocations',
      await registerOf('direct-allocations', book.commands),
      { amountUnit: '元' },
    );
    expect(rows(report, 'amount', 'taken', 'open')).toEqual([
      [0, '3 直拨', '300.00', '200.00', '100.00'],
      [1, '4 确认', '', '200.00', ''],
      [1, '5 确认', '', '100.00', ''],
      [1, '6 冲销', '', '-100.00', ''],
      [0, '合计', '300.00', '200.00', '100.00'],
    ]);
  });

  test('reservations show what was used and released of them', async () => {
    const book = new Postings()
      .project('A', '1000.00')
      .post('2023-03-01', 'reserve', { document, reason: '合同', lines: [bare('500.00')] })
      .post('2023-04-01', 'make-payment', {
        payee: '甲',
        reservation: 'c4',
        lines: [line('200.00')],
      })
      .post('2023-05-01', 'release', {
        reservation: 'c4',
        reason: '余款',
        lines: [bare('100.00')],
      });
    const from = await registerOf('reservations', book.commands);
    const report = makeReport('reservations', from, { amountUnit: '元' });
    expect(rows(report, 'amount', 'taken', 'open')).toEqual([
      [0, '3 占用', '500.00', '300.00', '200.00'],
      [1, '4 支付', '', '200.00', ''],
      [1, '5 解除占用', '', '100.00', ''],
      [0, '合计', '500.00', '300.00', '200.00'],
    ]);
  });

  // the read model still lists what came out of the reservation as a negative line of the payment
  test('a payment out of a reservation counts once', async () => {
    const book = new Postings()
      .project('A', '1000.00')
      .post('2023-03-01', 'reserve', { document, reason: '合同', lines: [bare('500.00')] })
      .post('2023-04-01', 'make-payment', {
        payee: '甲',
        reservation: 'c4',
        lines: [line('200.00')],
      });
    const report = makeReport('payments', await registerOf('payments', book.commands), {
      amountUnit: '元',
    });
    expect(findCell(report, 'total', 'amount').shown).toBe('200.00');
  });

  test('a page says that it is one', async () => {
    const { figures, register } = await registerOf('payments', lusongCommands);
    const page = { ...register, entries: register.entries.slice(0, 2) };
    expect(makeReport('payments', { figures, register: page }).notes).toEqual([
      '本页列示 2 笔，共 8 笔；合计为本页合计',
    ]);
  });
});
