import { describe, it } from '@jest/globals';
import {
  acknowledge,
  allocate,
  approval,
  approve,
  bookOpened,
  bringIn,
  close,
  command,
  given,
  giveBack,
  pay,
  projectRegistered,
  propose,
  refund,
  release,
  remainder,
  reserve,
  reverse,
  revise,
  withdraw,
  type Given,
} from '../testing/given.js';

const book = [
  bookOpened(),
  projectRegistered('AZ'),
  projectRegistered('YF'),
  approve('AZ', '100.00'),
];
const nameOf = (proposal: Given) => String(proposal['proposal']);

// planted and seen: for each describe `claimsOf` without its case; for all, claims not let go in `withoutHolds`
describe('what is left of a reservation', () => {
  const contract = reserve('AZ', '60.00');
  const payFrom = (amount: string, more: Given = {}) =>
    pay('AZ', amount, { reservation: contract['id'], ...more });
  const first = propose(payFrom('40.00'));
  const before = [...book, contract, first];

  it('is held by a proposed payment: the next takes the rest, and budget for what is missing', () => {
    given(...before)
      .when(propose(payFrom('50.00')))
      .then('PostingProposed')
      .held({ AZ: '30.00' });
    given(...before)
      .when(payFrom('20.00'))
      .then('PaymentMade')
      .expect('reserved', { AZ: '40.00' });
  });
  it('is refused to the next where it is held, by the name of who holds it', () => {
    const says = ['has 60.00 yuan left', `(${nameOf(first)}) hold 40.00`, 'asked for 60.01'];
    given(...before, pay('AZ', '40.00'))
      .when(propose(payFrom('60.01')))
      .refused('insufficient-reservation', ...says);
    const all = propose(payFrom('60.00'));
    for (const next of [payFrom('1.00'), propose(payFrom('1.00'))])
      given(...book, contract, all)
        .when(next)
        .refused('insufficient-reservation', nameOf(all), 'hold 60.00');
  });
  it('is short of budget where nobody holds it', () => {
    given(...book, contract)
      .when(payFrom('100.01'))
      .refused('insufficient-budget');
  });
  it('is held by a proposed release, and from one', () => {
    const released = propose(release(contract['id'], 'AZ', '40.00'));
    for (const rival of [first, released])
      given(...book, contract, reserve('AZ', '30.00'), rival)
        .when(propose(release(contract['id'], 'AZ', '20.01')))
        .refused('insufficient-reservation', `(${nameOf(rival)}) hold 40.00`, 'left on line AZ');
  });
  it('is free again when the proposal is withdrawn or returned, and other when it is revised', () => {
    for (const end of [withdraw(first), giveBack(first), revise(first, pay('AZ', '1.00'))])
      given(...before, end)
        .when(release(contract['id'], 'AZ', '60.00'))
        .then('ReservationReleased');
    given(...before, revise(first, payFrom('50.00')))
      .when(release(contract['id'], 'AZ', '10.01'))
      .refused('insufficient-reservation', 'hold 50.00');
    // a revision may use what the proposal holds itself
    given(...before, revise(first, payFrom('60.00')))
      .when(approval(revise(first, payFrom('60.00'))))
      .then('PaymentMade')
      .expect('reserved', { AZ: '0.00' });
  });
  it('is not taken away by a reversal', () => {
    given(...before)
      .when(reverse(contract))
      .refused('not-reversible', nameOf(first), 'settle');
  });
  it('is paid as it was held, whichever of two is approved first', () => {
    const second = propose(payFrom('50.00'));
    for (const [one, other] of [
      [first, second],
      [second, first],
    ] as const)
      given(...before, second, approval(one))
        .when(approval(other))
        .then('PaymentMade')
        .expect('reserved', { AZ: '0.00' })
        .expect('executable', { AZ: '10.00' });
  });
  it('comes back to a returned proposal only where nobody took it meanwhile', () => {
    const rival = propose(payFrom('60.00'));
    given(...before, giveBack(first), rival)
      .when(revise(first, payFrom('40.00')))
      .refused('insufficient-reservation', nameOf(rival));
  });
});

describe('what is left of a payment', () => {
  const paid = pay('AZ', '60.00', { procurement: '30.00' });
  const back = (amount: string, more: Given = {}) => refund(paid['id'], 'AZ', amount, more);
  const first = propose(back('40.00', { procurement: '20.00' }));
  const before = [...book, paid, first];

  it('is held by a proposed refund', () => {
    for (const next of [back('20.01'), propose(back('20.01'))])
      given(...before)
        .when(next)
        .refused('refund-exceeds-payment', 'has 60.00', `(${nameOf(first)}) hold 40.00`);
    given(...before)
      .when(propose(back('20.00', { procurement: '10.00' })))
      .then('PostingProposed');
  });
  it('is held with its procurement', () => {
    given(...before)
      .when(back('20.00', { procurement: '10.01' }))
      .refused('refund-exceeds-payment', 'procurement', `(${nameOf(first)}) hold 20.00`);
  });
  it('is held under the function that it was paid under', () => {
    const other = pay('AZ', '60.00', {}, { function: '2080801' });
    const undo = propose(refund(other['id'], 'AZ', '60.00'));
    given(...book, other, undo)
      .when(refund(other['id'], 'AZ', '0.01'))
      .refused('refund-exceeds-payment', nameOf(undo));
  });
  it('is free again when the refund is withdrawn', () => {
    given(...before, withdraw(first))
      .when(back('60.00'))
      .then('PaymentRefunded');
  });
  it('stays until the refund is settled', () => {
    given(...before)
      .when(propose(reverse(paid)))
      .refused('not-reversible', nameOf(first));
  });
});

describe('the reversal of an entry', () => {
  const paid = pay('AZ', '60.00');
  const first = propose(reverse(paid));

  it('is proposed once', () => {
    for (const next of [reverse(paid), propose(reverse(paid))])
      given(...book, paid, first)
        .when(next)
        .refused('already-reversed', `to be reversed by the open proposal ${nameOf(first)}`);
    given(...book, paid, first, withdraw(first))
      .when(reverse(paid))
      .then('EntryReversed');
  });
  it('keeps others from taking of the entry', () => {
    given(...book, paid, first)
      .when(refund(paid['id'], 'AZ', '1.00'))
      .refused('already-reversed', nameOf(first));
    const contract = reserve('AZ', '60.00');
    const undo = propose(reverse(contract));
    given(...book, contract, undo)
      .when(pay('AZ', '1.00', { reservation: contract['id'] }))
      .refused('already-reversed', nameOf(undo));
  });
  it('keeps an allocation from being acknowledged', () => {
    const allocated = allocate('AZ', '10.00');
    const undo = propose(reverse(allocated));
    given(...book, allocated, undo)
      .when(acknowledge(allocated['id'], '1.00'))
      .refused('already-reversed', nameOf(undo));
    given(...book, allocated, undo, withdraw(undo))
      .when(acknowledge(allocated['id'], '10.00'))
      .then('AllocationAcknowledged');
  });
});

describe('a paper', () => {
  const voucher = (amount: string) => pay('AZ', amount, { voucher: '记-1' });
  const first = propose(voucher('1.00'));

  it('is in one open proposal, and not posted meanwhile', () => {
    for (const next of [voucher('2.00'), propose(voucher('2.00'))])
      given(...book, first)
        .when(next)
        .refused('duplicate-document', `voucher 记-1 is in the open proposal ${nameOf(first)}`);
    given(...book, first, giveBack(first))
      .when(voucher('2.00'))
      .then('PaymentMade');
  });
  it('may be kept, exchanged and taken up by a revision', () => {
    given(...book, first)
      .when(revise(first, voucher('3.00')))
      .then('ProposalRevised');
    given(...book, first, revise(first, pay('AZ', '1.00', { voucher: '记-2' })))
      .when(voucher('2.00'))
      .then('PaymentMade');
  });
  it('of an adjustment, a transfer, an allocation or a carryover counts by its line', () => {
    const document = { number: '文', date: '2023-01-05' };
    const line = { project: 'AZ', fund: 'general-public-budget', amount: '1.00' };
    const current = { document, reason: '事由', lines: [{ ...line, origin: 'current' }] };
    const to = { ...line, project: 'YF', origin: 'current' };
    for (const [name, body] of [
      ['adjust-budget', current],
      ['allocate-directly', { ...current, recipient: { code: 'jd', name: '街道' } }],
      ['transfer-budget', { ...current, lines: [{ ...to, amount: '-1.00' }, ...current.lines] }],
      [
        'bring-in-carryover',
        { document, fromFiscalYear: 2022, lines: [{ ...line, origin: 'carryover' }] },
      ],
    ] as const) {
      const one = propose(command(name, body));
      given(...book, approve('YF', '50.00'), one)
        .when(propose(command(name, body)))
        .refused('duplicate-document', 'line', nameOf(one));
    }
  });
});

describe('what happens once', () => {
  it('is the approval of a line', () => {
    const first = propose(approve('YF', '50.00'));
    given(...book, first)
      .when(propose(approve('YF', '1.00')))
      .refused('already-approved', 'line YF', nameOf(first));
    given(...book, first, withdraw(first))
      .when(approve('YF', '1.00'))
      .then('BudgetApproved');
  });
  it('is the reopening of the year', () => {
    const closed = [...book, close([remainder('AZ', '100.00')])];
    const reopen = () => propose(command('reopen-year', { reason: '补记' }));
    const first = reopen();
    given(...closed, first)
      .when(reopen())
      .refused('proposals-open', nameOf(first));
    given(...closed, first)
      .when(approval(first))
      .then('YearReopened');
  });
  it('is the carryover that the prior book carried forward', () => {
    const prior = given(
      ...[bookOpened(), projectRegistered('AZ'), bringIn('AZ', '40.00')],
      close([
        remainder('AZ', '40.00', { origin: 'carryover', kind: 'carry-forward', reason: '续' }),
      ]),
    ).state;
    const first = propose(bringIn('AZ', '40.00'));
    given(...book, first)
      .when(propose(bringIn('AZ', '40.00')), { priorBook: prior })
      .refused('carryover-mismatch', nameOf(first));
    given(...book, first)
      .when(approval(first, { priorBook: prior }))
      .then('CarryoverBroughtIn');
  });
});
