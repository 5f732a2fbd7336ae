// What two persons want at the same moment and only one of them can have: a contest of each kind, on a line of its own.
const BOOK = { unit: 'U', fiscalYear: 2024 };
const DATE = '2024-06-15';
const common = { ...BOOK, date: DATE };
export const URL_OF_BOOK = `/api/v1/books/${BOOK.unit}/${BOOK.fiscalYear}`;

const lineOf = (project, amount, more = {}) => ({
  project,
  fund: 'general-public-budget',
  origin: 'current',
  amount,
  ...more,
});

const paper = (id) => ({ document: { number: id, date: DATE }, reason: '事由' });

const grant = (project, id, amount) => [
  'adjustments',
  { ...common, command: 'adjust-budget', id, ...paper(id), lines: [lineOf(project, amount)] },
];
const reserve = (project, id, amount) => [
  'reservations',
  { ...common, command: 'reserve', id, ...paper(id), lines: [lineOf(project, amount)] },
];
const pay = (project, id, amount, more = {}) => [
  'payments',
  {
    ...common,
    command: 'make-payment',
    id,
    payee: '供应商',
    ...more,
    lines: [lineOf(project, amount, { economic: '30201' })],
  },
];
const refund = (project, id, payment, amount) => [
  'refunds',
  {
    ...common,
    command: 'refund-payment',
    id,
    payment,
    reason: '退回',
    lines: [lineOf(project, amount, { economic: '30201' })],
  },
];
const reverse = (id, entry) => [
  'reversals',
  { ...common, command: 'reverse-entry', id, entry, reason: '记错' },
];

const yuan = (fen) => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;

/**
 * By kind, which is the name of its project, too: what is posted before, the two postings that are wanted, the word
 * for who comes too late (both can be had where there is none), and the yuan that each contest leaves to spend.
 */
export const CONTESTS = {
  budget: (id) => ({
    before: [grant('budget', id, '1.00')],
    wants: [0, 1].map((i) => pay('budget', `${id}-${i}`, '1.00')),
    refusal: 'insufficient-budget',
    leaves: 0,
  }),
  shared(id, random) {
    const part = random.between(1, 99);
    return {
      before: [grant('shared', id, '1.00')],
      wants: [part, 100 - part].map((fen, i) => pay('shared', `${id}-${i}`, yuan(fen))),
      leaves: 0,
    };
  },
  // the line has another reservation, which is not what they want
  reservation: (id) => ({
    before: [
      grant('reservation', id, '2.00'),
      reserve('reservation', `${id}-contract`, '1.00'),
      reserve('reservation', `${id}-other`, '1.00'),
    ],
    wants: [0, 1].map((i) =>
      pay('reservation', `${id}-${i}`, '1.00', { reservation: `${id}-contract` }),
    ),
    refusal: 'insufficient-reservation',
    leaves: 0,
  }),
  voucher: (id) => ({
    before: [grant('voucher', id, '2.00')],
    wants: [0, 1].map((i) => pay('voucher', `${id}-${i}`, '1.00', { voucher: id })),
    refusal: 'duplicate-document',
    leaves: 1,
  }),
  refund: (id) => ({
    before: [grant('refund', id, '1.00'), pay('refund', `${id}-paid`, '1.00')],
    wants: [0, 1].map((i) => refund('refund', `${id}-${i}`, `${id}-paid`, '1.00')),
    refusal: 'refund-exceeds-payment',
    leaves: 1,
  }),
  reversal: (id) => ({
    before: [grant('reversal', id, '1.00'), pay('reversal', `${id}-paid`, '1.00')],
    wants: [0, 1].map((i) => reverse(`${id}-${i}`, `${id}-paid`)),
    refusal: 'already-reversed',
    leaves: 1,
  }),
};

export const OPENING = [
  [
    'books',
    {
      ...common,
      command: 'open-book',
      id: 'open',
      unitName: '单位',
      divisionCode: '430203',
      divisionName: '测试区',
    },
  ],
  ...Object.keys(CONTESTS).map((project) => [
    'projects',
    {
      ...common,
      command: 'register-project',
      id: `project-${project}`,
      project,
      name: project,
      category: 'project',
      function: '2082801',
    },
  ]),
];
