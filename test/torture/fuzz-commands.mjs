// The worked case, and early in its year one of every other posting; all that they change they undo.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './toolbox.mjs';

const SEGMENTS = {
  'open-book': 'books',
  'register-project': 'projects',
  'bring-in-carryover': 'carryovers',
  'approve-budget': 'appropriations',
  'adjust-budget': 'adjustments',
  'transfer-budget': 'transfers',
  'allocate-directly': 'direct-allocations',
  'acknowledge-allocation': 'acknowledgements',
  reserve: 'reservations',
  release: 'releases',
  'make-payment': 'payments',
  'refund-payment': 'refunds',
  'reverse-entry': 'reversals',
  'record-statistic': 'statistics',
  'record-prior-year': 'prior-years',
  'adopt-indicators': 'indicators',
  'record-indicator-result': 'indicator-results',
  'score-execution': 'execution-scores',
  'close-year': 'closing',
  'reopen-year': 'reopening',
  'publish-report': 'publications',
};

const date = '2023-07-01';
const document = (number) => ({ number, date });
const reason = '试验';
const line = (project, amount, economic) => ({
  project,
  fund: 'general-public-budget',
  origin: 'current',
  ...(economic && { economic }),
  amount,
});

function others(paid, allocation) {
  const economic = paid.lines[0].economic;
  const { project } = paid.lines[0];
  const [out, back] = [line(project, '100.00', economic), line(project, '-100.00')];
  const more = { ...line('GL', '100.00') };
  return [
    { command: 'refund-payment', id: 'x-refund', date, payment: paid.id, reason, lines: [out] },
    {
      command: 'transfer-budget',
      id: 'x-there',
      date,
      document: document('x-there'),
      reason,
      lines: [back, more],
    },
    {
      command: 'transfer-budget',
      id: 'x-back',
      date,
      document: document('x-back'),
      reason,
      lines: [
        { ...more, amount: '-100.00' },
        { ...back, amount: '100.00' },
      ],
    },
    {
      command: 'reserve',
      id: 'x-reserve',
      date,
      document: document('x-reserve'),
      reason,
      counterparty: '物业公司',
      lines: [line(project, '100.00')],
    },
    {
      command: 'release',
      id: 'x-release',
      date,
      reservation: 'x-reserve',
      reason,
      lines: [line(project, '100.00')],
    },
    {
      command: 'make-payment',
      id: 'x-pay',
      date,
      payee: '试验',
      voucher: '记-1',
      document: document('x-pay'),
      reason,
      procurement: '100.00',
      lines: [out],
    },
    {
      command: 'reverse-entry',
      id: 'x-reverse',
      date,
      entry: 'x-pay',
      reason,
      document: document('x-reverse'),
    },
    { command: 'make-payment', id: 'x-again', date, payee: '试验', lines: [out] },
    {
      command: 'acknowledge-allocation',
      id: 'x-acknowledge',
      date,
      allocation: allocation.id,
      amount: allocation.lines[0].amount,
      acknowledgedOn: date,
      document: document('x-acknowledge'),
    },
    {
      command: 'publish-report',
      id: 'x-publish',
      date,
      report: 'annex-3',
      figuresHash: '0'.repeat(64),
      logSize: 44,
    },
  ];
}

/** Valid postings in their order: where each goes, its key, headers and body. */
export function validPostings() {
  const file = join(ROOT, 'samples', 'lusong-2023', 'commands.ndjson');
  const commands = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((text) => JSON.parse(text));
  const paid = commands.find((c) => c.command === 'make-payment');
  const allocation = commands.find((c) => c.command === 'allocate-directly');
  commands.splice(commands.indexOf(paid) + 1, 0, ...others(paid, allocation));
  commands.push({ command: 'reopen-year', id: 'x-reopen', date: '2023-12-31', reason });
  const [{ unit, fiscalYear }] = commands;
  return commands.map(({ command, id, ...content }) => {
    const segment = SEGMENTS[command];
    const headers = command === 'reopen-year' ? { 'x-approved-by': 'other' } : {};
    if (segment === 'books') return { id, headers, path: '/api/v1/books', body: content };
    const body = { ...content };
    delete body.unit;
    delete body.fiscalYear;
    return { id, headers, path: `/api/v1/books/${unit}/${fiscalYear}/${segment}`, body };
  });
}
