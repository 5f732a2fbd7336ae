import { describe, it } from '@jest/globals';
import {
  adjust,
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
  release,
  remainder,
  reserve,
  revise,
  shown,
  withdraw,
} from '../../testing/given.js';

const book = [
  bookOpened(),
  projectRegistered('AZ'),
  projectRegistered('YF'),
  approve('AZ', '100.00'),
  approve('YF', '50.00'),
];

describe('a proposal', () => {
  const proposed = propose(pay('AZ', '60.00'));

  it('moves nothing and holds what it needs', () => {
    given(...book)
      .when(proposed)
      .then('PostingProposed', {
        holds: [
          {
            project: 'AZ',
            fund: 'general-public-budget',
            origin: 'current',
            account: 'executable',
            amount: '60.00',
          },
        ],
      })
      .expect('executable', { AZ: '100.00' })
      .held({ AZ: '60.00' });
  });
  it('keeps what it holds from other postings and from other proposals', () => {
    const says = ['has 100.00', 'open proposals hold 60.00', 'asked for 40.01'];
    given(...book, proposed)
      .when(pay('AZ', '40.01'))
      .refused('insufficient-budget', ...says);
    given(...book, proposed)
      .when(propose(pay('AZ', '40.01')))
      .refused('insufficient-budget', ...says);
    given(...book, proposed)
      .when(pay('AZ', '40.00'))
      .then('PaymentMade');
  });
  it('holds carryover that it releases, and of a reservation what it gives back', () => {
    const released = propose(adjust('AZ', '30.00', { origin: 'carryover' }));
    given(...book, bringIn('AZ', '40.00'), released)
      .when(adjust('AZ', '10.01', { origin: 'carryover' }))
      .refused('insufficient-carryover', 'hold 30.00');
    const contract = reserve('AZ', '20.00');
    given(...book, contract, propose(release(contract['id'], 'AZ', '15.00')))
      .when(release(contract['id'], 'AZ', '6.00'))
      .refused('insufficient-reservation', 'hold 15.00');
  });
  it('is refused where the posting would be', () => {
    given(...book)
      .when(propose(pay('AZ', '100.01')))
      .refused('insufficient-budget');
    given(...book)
      .when(propose(pay('AZ', '1.00', { date: '2024-01-01' })))
      .refused('date-outside-fiscal-year');
  });
  it('is of a posting that moves money', () => {
    given(...book)
      .when(propose(command('record-statistic', { key: 'k', count: '1' })))
      .refused('unknown-command', 'make-payment');
  });
  it('takes an id that is free, and another than its own', () => {
    const posted = pay('AZ', '1.00');
    given(...book, posted)
      .when(propose({ ...pay('AZ', '1.00'), id: posted['id'] }))
      .refused('idempotency-mismatch');
    given(...book)
      .when({ ...proposed, id: proposed['proposal'] })
      .refused('invalid-command', 'another id');
  });
});

describe('an approval', () => {
  const proposed = propose(pay('AZ', '60.00'));

  it('is the posting itself, and lets go of what was held', () => {
    given(...book, proposed)
      .when(approval(proposed))
      .then('PaymentMade')
      .expect('executable', { AZ: '40.00' })
      .held({ AZ: '0.00' });
  });
  it('may use what its own proposal holds, to the last yuan', () => {
    const all = propose(pay('AZ', '100.00'));
    given(...book, all)
      .when(approval(all))
      .then('PaymentMade');
  });
  it('is by somebody who neither proposed nor revised it', () => {
    given(...book, proposed)
      .when(approval(proposed, { approvedBy: 'clerk' }))
      .refused('four-eyes', 'clerk proposed');
    const revised = revise(proposed, pay('AZ', '70.00'));
    given(...book, proposed, [revised, { actor: 'colleague' }])
      .when(approval(revised, { approvedBy: 'colleague' }))
      .refused('four-eyes', 'colleague revised');
  });
  it('is posted in the name of who proposed it', () => {
    given(...book, proposed)
      .when(approval(proposed, { actor: 'another' }))
      .refused('four-eyes', 'made by clerk');
  });
  it('is bound to what was shown: a revision voids it', () => {
    const revised = revise(proposed, pay('AZ', '61.00'));
    given(...book, proposed, revised)
      .when(approval(proposed))
      .refused('proposal-changed', 'version 2');
    given(...book, proposed, revised)
      .when(approval(revised))
      .then('PaymentMade');
  });
  it('is of the content that was proposed, whatever hash is named', () => {
    const { hash } = shown(proposed);
    const other = { ...pay('AZ', '1.00'), id: proposed['proposal'] };
    given(...book, proposed)
      .when(other, { approves: hash, approvedBy: 'reviewer' })
      .refused('proposal-changed');
  });
  it('happens once', () => {
    given(...book, proposed, approval(proposed))
      .when(approval(proposed))
      .refused('proposal-not-open', 'approved');
  });
  it('needs a proposal', () => {
    given(...book)
      .when(approval(proposed))
      .refused('unknown-proposal');
  });
  it('does not come about by posting with the id of a proposal', () => {
    given(...book, proposed)
      .when(shown(proposed).posting, { approvedBy: 'reviewer' })
      .refused('approval-required', 'approving');
  });
});

describe('a proposal that is not approved', () => {
  const proposed = propose(pay('AZ', '60.00'));

  it('is returned with a reason, holds nothing, and may be revised', () => {
    given(...book, proposed)
      .when(giveBack(proposed))
      .then('ProposalReturned', { reason: '附件不全' })
      .held({ AZ: '0.00' });
    given(...book, proposed, giveBack(proposed))
      .when(approval(proposed))
      .refused('proposal-not-open', 'returned');
    given(...book, proposed, giveBack(proposed))
      .when(revise(proposed, pay('AZ', '55.00')))
      .then('ProposalRevised')
      .held({ AZ: '55.00' });
  });
  it('is returned as it was shown', () => {
    given(...book, proposed, revise(proposed, pay('AZ', '1.00')))
      .when(giveBack(proposed))
      .refused('proposal-changed');
  });
  it('is withdrawn for good', () => {
    given(...book, proposed)
      .when(withdraw(proposed))
      .then('ProposalWithdrawn')
      .held({ AZ: '0.00' });
    given(...book, proposed, withdraw(proposed))
      .when(revise(proposed, pay('AZ', '1.00')))
      .refused('proposal-not-open', 'withdrawn');
  });
  it('holds after a revision what the revision needs, within what it held before', () => {
    given(...book, proposed)
      .when(revise(proposed, pay('YF', '50.00')))
      .then('ProposalRevised')
      .held({ AZ: '0.00', YF: '50.00' });
    given(...book, proposed)
      .when(revise(proposed, pay('AZ', '100.00')))
      .held({ AZ: '100.00' });
  });
  it('stands in the way of the close, until it is settled', () => {
    const closing = close([remainder('AZ', '100.00'), remainder('YF', '50.00')]);
    given(...book, proposed)
      .when(closing)
      .refused('proposals-open', String(proposed['proposal']));
    given(...book, proposed, giveBack(proposed))
      .when(closing)
      .then('YearClosed');
  });
});

describe('the year end', () => {
  const closing = propose(close([remainder('AZ', '100.00'), remainder('YF', '50.00')]));

  it('is closed by an approved proposal, which holds nothing meanwhile', () => {
    given(...book, closing)
      .when(approval(closing))
      .then('YearClosed');
    given(...book, closing)
      .when(pay('AZ', '100.00'))
      .then('PaymentMade');
  });
  it('is not closed any more by figures that have changed', () => {
    given(...book, closing, pay('AZ', '1.00'))
      .when(approval(closing))
      .refused('carryover-mismatch');
  });
  it('is reopened by a proposal, and takes no other one while it is closed', () => {
    const reopening = propose(command('reopen-year', { reason: '补记' }));
    given(...book, closing, approval(closing), reopening)
      .when(approval(reopening))
      .then('YearReopened');
    given(...book, closing, approval(closing))
      .when(propose(pay('AZ', '1.00')))
      .refused('year-closed');
  });
});
