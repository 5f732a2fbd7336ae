import { describe, it } from '@jest/globals';
import {
  adjust,
  allocate,
  approve,
  bookOpened,
  bringIn,
  close,
  command,
  given,
  pay,
  projectRegistered,
  refund,
  release,
  remainder,
  reserve,
  reverse,
  transfer,
} from '../../testing/given.js';

const open = [bookOpened(), projectRegistered('AZ'), projectRegistered('YF')];

describe('opening', () => {
  it('a book is opened once', () => {
    given().when(bookOpened()).then('BookOpened', { currency: 'CNY' });
    given(...open)
      .when(bookOpened())
      .refused('book-already-open');
  });
  it('nothing is posted to a book that is not open', () => {
    given().when(approve('AZ', '1.00')).refused('book-not-open', 'U 2023');
  });
  it('a project is registered once, also mid-year', () => {
    given(...open)
      .when(projectRegistered('XF'))
      .then('ProjectRegistered');
    given(...open)
      .when(projectRegistered('AZ'))
      .refused('project-already-registered', 'AZ项目');
  });
});

describe('budget', () => {
  const budget = [...open, approve('AZ', '2577500.00')];
  it('an approved budget can be spent', () => {
    given(...open)
      .when(approve('AZ', '2577500.00'))
      .then('BudgetApproved')
      .expect('executable', { AZ: '2577500.00' });
  });
  it('a second approval of the line is an adjustment', () => {
    given(...budget)
      .when(approve('AZ', '1.00'))
      .refused('already-approved', 'AZ AZ项目');
  });
  it('a reversed approval may be approved again', () => {
    given(...budget, reverse(budget[3]!))
      .when(approve('AZ', '1.00'))
      .then('BudgetApproved');
  });
  it('only origin current is approved, only origin carryover is brought in', () => {
    given(...open)
      .when(approve('AZ', '1.00', { lines: [remainder('AZ', '1.00', { origin: 'carryover' })] }))
      .refused('wrong-origin');
    given(...open)
      .when({ ...bringIn('AZ', '1.00'), lines: [remainder('AZ', '1.00')] })
      .refused('wrong-origin');
  });
  it('an adjustment moves the executable budget both ways, never below zero', () => {
    given(...budget)
      .when(adjust('AZ', '-466100.00'))
      .then('BudgetAdjusted')
      .expect('executable', { AZ: '2111400.00' })
      .expect('sourceReduction', { AZ: '466100.00' });
    given(...budget)
      .when(adjust('AZ', '-2577500.01'))
      .refused('insufficient-budget', '2577500.00', '2577500.01', 'AZ');
  });
  it('a transfer sums to zero and stays within one fund', () => {
    given(...budget)
      .when(transfer('AZ', 'YF', '100.00'))
      .then('BudgetTransferred')
      .expect('executable', { AZ: '2577400.00', YF: '100.00' });
    given(...budget)
      .when({ ...transfer('AZ', 'YF', '1.00'), lines: [remainder('AZ', '-1.00')] })
      .refused('transfer-unbalanced', '-1.00');
    given(...budget)
      .when({
        ...transfer('AZ', 'YF', '1.00'),
        lines: [remainder('AZ', '-1.00'), remainder('YF', '1.00', { fund: 'government-fund' })],
      })
      .refused('transfer-unbalanced', 'government-fund');
  });
  it('one document changes a line once by one kind of posting', () => {
    const first = adjust('AZ', '5.00');
    const again = { ...adjust('AZ', '5.00'), document: first['document'] };
    given(...budget, first)
      .when(again)
      .refused('duplicate-document', String(first['id']));
    given(...budget, first, reverse(first))
      .when(again)
      .then('BudgetAdjusted');
  });
  it('a sum past the exact range is refused', () => {
    const most = '90071992547409.91';
    given(...open, approve('AZ', most))
      .when(adjust('AZ', '0.01'))
      .refused('money-overflow', most);
  });
});

describe('carryover', () => {
  const carried = [...open, bringIn('YF', '100.00')];
  it('is unreleased until an adjustment releases it, and never released past what is there', () => {
    given(...carried)
      .when(adjust('YF', '40.00', { origin: 'carryover' }))
      .then('BudgetAdjusted')
      .expect('executable', { 'YF/carryover': '40.00' })
      .expect('unreleasedCarryover', { 'YF/carryover': '60.00' });
    given(...carried)
      .when(adjust('YF', '100.01', { origin: 'carryover' }))
      .refused('insufficient-carryover', '100.00', '100.01', 'carryover');
  });
  it('stays on its line: no transfer, no direct allocation', () => {
    given(...carried)
      .when(allocate('YF', '1.00', { origin: 'carryover' }))
      .refused('carryover-not-transferable', 'YF');
  });
});

describe('execution', () => {
  const budget = [...open, approve('AZ', '100.00')];
  it('the last yuan is paid, and not a fen more', () => {
    given(...budget)
      .when(pay('AZ', '100.00'))
      .then('PaymentMade')
      .expect('executable', { AZ: '0.00' })
      .expect('expended', { AZ: '100.00' });
    given(...budget)
      .when(pay('AZ', '100.01'))
      .refused('insufficient-budget', 'line AZ AZ项目', '100.00 yuan', '100.01 yuan');
  });
  it('a payment names what it does not know', () => {
    given(...budget)
      .when(pay('XX', '1.00'))
      .refused('unknown-project', 'XX');
    given(...budget)
      .when(pay('AZ', '1.00', {}, { economic: '30298' }))
      .refused('unknown-economic');
    given(...budget)
      .when(pay('AZ', '1.00', {}, { economic: undefined }))
      .refused('invalid-command');
    given(...budget)
      .when(pay('AZ', '1.00', {}, { fund: 'cash' }))
      .refused('unknown-fund', 'cash');
    given(...budget)
      .when(pay('AZ', '1.00', {}, { origin: 'x' }))
      .refused('unknown-origin');
    given(...budget)
      .when(pay('AZ', '1.00', {}, { function: '9' }))
      .refused('unknown-function');
  });
  it('a voucher pays once', () => {
    given(...budget, pay('AZ', '1.00', { voucher: '记1' }))
      .when(pay('AZ', '1.00', { voucher: '记1' }))
      .refused('duplicate-document', '记1');
  });
  it('procurement is no more than the payment', () => {
    given(...budget)
      .when(pay('AZ', '1.00', { procurement: '1.01' }))
      .refused('procurement-exceeds-payment', '1.01');
  });
  it('a direct allocation leaves the line and is acknowledged up to its amount', () => {
    const direct = allocate('AZ', '60.00');
    const ack = (amount: string) =>
      command('acknowledge-allocation', { allocation: direct['id'], amount });
    given(...budget)
      .when(direct)
      .then('FundsAllocatedDirectly')
      .expect('executable', { AZ: '40.00' })
      .expect('expended', { AZ: '0.00' });
    given(...budget, direct)
      .when(ack('60.00'))
      .then('AllocationAcknowledged');
    given(...budget, direct, ack('59.99'))
      .when(ack('0.02'))
      .refused('acknowledgement-exceeds-allocation', '0.01', '0.02');
  });
  it('a reservation holds budget; a payment takes from it first', () => {
    const held = reserve('AZ', '70.00');
    given(...budget, held)
      .when(pay('AZ', '30.01'))
      .refused('insufficient-budget', '30.00');
    given(...budget, held)
      .when(pay('AZ', '80.00', { reservation: held['id'] }))
      .then('PaymentMade', { lines: [{ fromReservation: '70.00' }] as never })
      .expect('reserved', { AZ: '0.00' })
      .expect('executable', { AZ: '20.00' });
    given(...budget, held)
      .when(release(held['id'], 'AZ', '70.01'))
      .refused('insufficient-reservation', '70.00', '70.01');
    given(...budget, held, release(held['id'], 'AZ', '70.00'))
      .when(pay('AZ', '1.00', { reservation: held['id'] }))
      .refused('insufficient-reservation');
  });
  it('a refund is no more than is left of the payment', () => {
    const paid = pay('AZ', '50.00');
    given(...budget, paid)
      .when(refund(paid['id'], 'AZ', '20.00'))
      .then('PaymentRefunded')
      .expect('expended', { AZ: '30.00' });
    given(...budget, paid, refund(paid['id'], 'AZ', '20.00'))
      .when(refund(paid['id'], 'AZ', '30.01'))
      .refused('refund-exceeds-payment', '30.00', '30.01');
    given(...budget)
      .when(refund('nothing', 'AZ', '1.00'))
      .refused('unknown-entry', 'nothing');
  });
  it('money moves within the fiscal year only', () => {
    given(...budget)
      .when(pay('AZ', '1.00', { date: '2024-01-01' }))
      .refused('date-outside-fiscal-year', '2024-01-01', '2023');
  });
});

describe('corrections', () => {
  const approval = approve('AZ', '100.00');
  const paid = pay('AZ', '50.00', { procurement: '20.00' });
  const budget = [...open, approval, paid];
  it('a reversal is the exact opposite, once', () => {
    given(...budget)
      .when(reverse(paid))
      .then('EntryReversed', { procurement: '-20.00', entryType: 'PaymentMade' })
      .expect('executable', { AZ: '100.00' })
      .expect('expended', { AZ: '0.00' });
    given(...budget, reverse(paid))
      .when(reverse(paid))
      .refused('already-reversed');
  });
  it('a reversal is not reversed', () => {
    const first = reverse(paid);
    given(...budget, first)
      .when(reverse(first))
      .refused('unknown-entry');
  });
  it('spent money is not reversed away', () => {
    given(...budget)
      .when(reverse(approval))
      .refused('insufficient-budget', '50.00', '100.00');
  });
  it('an entry that others took from stands until those are reversed', () => {
    const back = refund(paid['id'], 'AZ', '10.00');
    given(...budget, back)
      .when(reverse(paid))
      .refused('not-reversible', '10.00');
    given(...budget, back, reverse(back))
      .when(reverse(paid))
      .then('EntryReversed');
  });
});

describe('closing', () => {
  const year = [...open, approve('AZ', '100.00'), pay('AZ', '60.00')];
  it('accounts for every remainder to the fen', () => {
    given(...year)
      .when(close([remainder('AZ', '40.00')]))
      .then('YearClosed', { totals: { carryoverOut: '40.00' } as never })
      .expect('carriedForward', { AZ: '40.00' })
      .expect('executable', { AZ: '0.00' });
    given(...year)
      .when(close([remainder('AZ', '39.99')]))
      .refused('carryover-mismatch', 'AZ AZ项目', '40.00', '39.99', '-0.01');
    given(...year)
      .when(close([remainder('AZ', '40.00'), remainder('YF', '1.00')]))
      .refused('carryover-mismatch', 'YF');
  });
  it('treats money two years old as recovered, unless the officer gives a reason', () => {
    const old = [...open, bringIn('YF', '10.00', 2021)];
    const left = (more: object) => [remainder('YF', '10.00', { origin: 'carryover', ...more })];
    given(...old)
      .when(close(left({})))
      .then('YearClosed')
      .expect('recovered', { 'YF/carryover': '10.00' });
    given(...old)
      .when(close(left({ kind: 'carry-forward' })))
      .refused('reason-required', 'recovery');
    given(...old)
      .when(close(left({ kind: 'carry-forward', reason: '财政批准' })))
      .then('YearClosed')
      .expect('carriedForward', { 'YF/carryover': '10.00' });
  });
  it('treats what an ended project leaves as surplus', () => {
    given(bookOpened(), projectRegistered('JS', { endsFiscalYear: 2023 }), approve('JS', '5.00'))
      .when(close([remainder('JS', '5.00')]))
      .then('YearClosed')
      .expect('surplus', { JS: '5.00' });
  });
  it('splits a remainder of several years by rule', () => {
    given(...open, bringIn('YF', '10.00', 2021), bringIn('YF', '5.00', 2022))
      .when(close([remainder('YF', '15.00', { origin: 'carryover' })]))
      .refused('invalid-command', '10.00 recovery', '5.00 carry-forward');
  });
  it('a closed year takes nothing but reopen-year, by two people', () => {
    const closed = [...year, close([remainder('AZ', '40.00')])];
    const reopen = command('reopen-year', { reason: '补记' });
    given(...closed)
      .when(pay('AZ', '1.00'))
      .refused('year-closed', 'U 2023');
    given(...closed)
      .when(reopen)
      .refused('approval-required');
    given(...closed)
      .when(reopen, { approvedBy: 'reviewer' })
      .then('YearReopened')
      .expect('executable', { AZ: '40.00' })
      .expect('carriedForward', { AZ: '0.00' });
    given(...year)
      .when(reopen, { approvedBy: 'reviewer' })
      .refused('year-not-closed');
  });
});

describe('performance', () => {
  const adopt = command('adopt-indicators', {
    executionWeight: '10',
    indicators: [
      { code: 'I1', level1: '产出', level2: '数量', level3: '人次', target: '100', weight: '20' },
    ],
  });
  const result = (score: string, indicator = 'I1') =>
    command('record-indicator-result', { indicator, actual: '100', score });
  it('scores lie within their weights', () => {
    given(...open, adopt)
      .when(result('20'))
      .then('IndicatorResultRecorded');
    given(...open, adopt)
      .when(result('20.01'))
      .refused('score-out-of-range', '20.01');
    given(...open, adopt)
      .when(result('1', 'I9'))
      .refused('unknown-indicator', 'I9');
    given(...open, adopt)
      .when(command('score-execution', { score: '10.5' }))
      .refused('score-out-of-range', '10.5');
  });
  it('a statistic is one of count, amount and text', () => {
    given(...open)
      .when(command('record-statistic', { key: 'k', count: '1', text: 'x' }))
      .refused('invalid-command', 'exactly one');
  });
});

describe('the gate', () => {
  const budget = [...open, approve('AZ', '5000.00')];
  it.each([
    '1e3',
    '-0.00',
    '1.005',
    '１.００',
    '10000000000000000.00',
    '1',
    '01.00',
    '+1.00',
    '0.00',
  ])('refuses the amount %s', (amount) =>
    given(...budget)
      .when(pay('AZ', amount))
      .refused('invalid-amount', amount),
  );
  it('refuses an amount that is a number', () => {
    given(...budget)
      .when(pay('AZ', 12.5 as never))
      .refused('invalid-amount', '12.5', 'lines.0.amount');
  });
  it.each(['2023-02-29', '2023-13-01', '20230601', ''])('refuses the date %s', (date) =>
    given(...budget)
      .when(pay('AZ', '1.00', { date }))
      .refused('invalid-date'),
  );
  it('refuses unknown commands and fields, and texts that no page could show', () => {
    given(...budget)
      .when(command('make-gift', {}))
      .refused('unknown-command', 'make-gift');
    given(...budget)
      .when(pay('AZ', '1.00', { memo: 'x' }))
      .refused('unknown-field', 'memo');
    given(...budget)
      .when(pay('AZ', '1.00', { payee: '\ud800' }))
      .refused('invalid-command');
    given(...budget)
      .when(pay('AZ', '1.00', { payee: ' ' }))
      .refused('invalid-command');
  });
});
