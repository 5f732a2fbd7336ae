import { describe, it } from '@jest/globals';
import {
  adjust,
  allocate,
  approve,
  bookOpened,
  close,
  command,
  given,
  pay,
  projectRegistered,
  remainder,
  reserve,
  reverse,
  setRule,
  transfer,
} from '../testing/given.js';

const book = [
  bookOpened(),
  projectRegistered('AZ'),
  projectRegistered('YF'),
  approve('AZ', '100.00'),
  approve('YF', '50.00'),
];
const FOUR_EYES = { fourEyes: true };

describe('the approval rule', () => {
  it('asks by default for every posting that moves money', () => {
    given(...book)
      .when(pay('AZ', '0.01'), FOUR_EYES)
      .refused('approval-required', 'above 0.00');
    given(...book)
      .when(command('record-statistic', { key: 'k', amount: '5.00' }), FOUR_EYES)
      .then('StatisticRecorded');
  });
  it('binds only where accounts say who is who', () => {
    given(...book)
      .when(pay('AZ', '100.00'))
      .then('PaymentMade');
  });
  it('lets pass what is not above the threshold; a transfer counts once', () => {
    const rule = [...book, setRule('10.00')];
    given(...rule)
      .when(pay('AZ', '10.00'), FOUR_EYES)
      .then('PaymentMade');
    given(...rule)
      .when(transfer('AZ', 'YF', '10.00'), FOUR_EYES)
      .then('BudgetTransferred');
    given(...rule)
      .when(pay('AZ', '10.01'), FOUR_EYES)
      .refused('approval-required');
  });
  it('is told of a reversal by what it reverses', () => {
    const paid = pay('AZ', '20.00');
    given(...book, setRule('10.00'), paid)
      .when(reverse(paid), FOUR_EYES)
      .refused('approval-required');
  });
  it('always asks for the close', () => {
    given(...book, setRule('1000.00'))
      .when(close([remainder('AZ', '100.00'), remainder('YF', '50.00')]), FOUR_EYES)
      .refused('approval-required');
  });
});

describe('splitting under the threshold', () => {
  const alone = { actor: 'clerk', fourEyes: true };
  const colleague = { actor: 'colleague', fourEyes: true };
  const first = pay('AZ', '6.00', { date: '2023-06-01', payee: '甲' });
  const split = (more: object, line = 'AZ') => pay(line, '6.00', { payee: '乙', ...more });

  it('is caught on the same line within the window, before and after', () => {
    const rule = [...book, setRule('10.00', 7), [first, alone] as const];
    for (const date of ['2023-06-01', '2023-06-08', '2023-05-25'])
      given(...rule)
        .when(split({ date }), alone)
        .refused('approval-required', 'above 10.00', '7 days');
    for (const date of ['2023-06-09', '2023-05-24'])
      given(...rule)
        .when(split({ date }), alone)
        .then('PaymentMade');
  });
  it('is caught by the payee on another line', () => {
    const rule = [...book, setRule('10.00', 7), [first, alone] as const];
    given(...rule)
      .when(split({ payee: '甲' }, 'YF'), alone)
      .refused('approval-required');
    given(...rule)
      .when(split({}, 'YF'), alone)
      .then('PaymentMade');
  });
  it('is caught by the recipient and by the counterparty, too', () => {
    const rule = [...book, setRule('10.00', 7)];
    given(...rule, [allocate('AZ', '6.00'), alone])
      .when(allocate('YF', '6.00'), colleague)
      .refused('approval-required');
    const contract = (line: string) => reserve(line, '6.00', { counterparty: '丙' });
    given(...rule, [contract('AZ'), alone])
      .when(contract('YF'), colleague)
      .refused('approval-required');
    given(...rule, [reserve('AZ', '6.00'), alone])
      .when(reserve('YF', '6.00'), colleague)
      .then('FundsReserved');
  });
  // planted and seen: sums kept by the person who posted
  it('is caught whoever posted the parts', () => {
    const rule = [...book, setRule('10.00', 7), [first, colleague] as const];
    given(...rule)
      .when(split({}), alone)
      .refused('approval-required', 'on the same line or to the same party');
    given(...rule)
      .when(split({ payee: '甲' }, 'YF'), alone)
      .refused('approval-required');
    given(...rule)
      .when(split({}, 'YF'), alone)
      .then('PaymentMade');
  });
  it('adds up many small parts of many persons', () => {
    const parts = ['a', 'b', 'c', 'd', 'e'].map(
      (actor) => [pay('AZ', '2.00'), { actor, fourEyes: true }] as const,
    );
    given(...book, setRule('10.00', 7), ...parts)
      .when(pay('AZ', '0.01'), alone)
      .refused('approval-required');
    given(...book, setRule('10.00', 7), ...parts.slice(1))
      .when(pay('AZ', '2.00'), alone)
      .then('PaymentMade');
  });
  it('is of entries that stand and that nobody else has seen', () => {
    const before = [...book, setRule('10.00', 7)];
    given(...before, [first, { actor: 'clerk', approvedBy: 'reviewer' }])
      .when(split({}), alone)
      .then('PaymentMade');
    given(...before, [first, { actor: 'clerk', approvedBy: 'clerk' }])
      .when(split({}), alone)
      .refused('approval-required');
    // planted and seen: a reversed entry still counted
    given(...before, [first, alone], [reverse(first), alone])
      .when(split({}), alone)
      .then('PaymentMade');
  });
  it('counts what was posted before the rule came, and what stands of it', () => {
    given(...book, [first, { actor: 'colleague' }], setRule('10.00', 7))
      .when(split({}), alone)
      .refused('approval-required');
    given(...book, [first, { actor: 'clerk' }], reverse(first), setRule('10.00', 7))
      .when(split({}), alone)
      .then('PaymentMade');
  });
  it('is judged by sums that pass the range of fen, too', () => {
    const most = '90000000000000.00';
    const turn = [adjust('AZ', most), adjust('AZ', `-${most}`)].map(
      (c) => [c, { actor: 'clerk' }] as const,
    );
    given(...book, setRule('10.00', 7), ...turn)
      .when(pay('AZ', '1.00'), alone)
      .refused('approval-required');
  });
});
