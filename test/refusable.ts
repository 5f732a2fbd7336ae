/** A small year over HTTP, in which much can be refused. */
export const BOOK = '/api/v1/books/U-1/2024';
export const CLOSED = '/api/v1/books/U-1/2023';
const LINE = { project: 'P', fund: 'general-public-budget', origin: 'current' };
export const document = (number: string) => ({ number, date: '2024-01-05' });
export const dated = { date: '2024-03-01', reason: '事由' };
export const line = (amount: string, more = {}) => ({ ...LINE, amount, ...more });
export const paid = (amount: string, more = {}) => ({
  date: '2024-03-01',
  payee: '供应商',
  lines: [line(amount, { economic: '30201', ...more })],
});
export const opening = {
  unit: 'U-1',
  fiscalYear: 2024,
  date: '2024-01-05',
  unitName: '局',
  divisionCode: '43',
  divisionName: '区',
};
export const project = {
  date: '2024-01-05',
  project: 'P',
  name: '项目',
  category: 'project',
  function: '2080899',
};
const indicators = {
  date: '2024-01-05',
  executionWeight: '10',
  indicators: [
    { code: '一', level1: '产出', level2: '数量', level3: '次数', target: '5', weight: '20' },
  ],
};

let papers = 0;
export const allocated = (amount: string) => ({
  ...dated,
  document: document(`直拨${++papers}`),
  recipient: { code: 'S', name: '街道' },
  lines: [line(amount)],
});
export const transferred = (...lines: readonly object[]) => ({
  ...dated,
  document: document(`调剂${++papers}`),
  lines,
});

export type Request = readonly [
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
];

/** What was posted, in order: [segment, key, body]. */
export const POSTED: readonly (readonly [string, string, object])[] = [
  ['projects', 'project', project],
  [
    'appropriations',
    'budget',
    { date: '2024-01-05', document: document('批复'), lines: [line('1000.00')] },
  ],
  [
    'carryovers',
    'carryover',
    {
      date: '2024-01-05',
      document: document('结转'),
      fromFiscalYear: 2022,
      lines: [line('5.00', { origin: 'carryover' })],
    },
  ],
  ['reservations', 'reserved', { ...dated, document: document('合同'), lines: [line('100.00')] }],
  ['payments', 'paid', { ...paid('50.00'), voucher: '记1', reservation: 'reserved' }],
  ['direct-allocations', 'allocated', allocated('10.00')],
  ['payments', 'wrong', paid('1.00')],
  ['reversals', 'reversed', { ...dated, entry: 'wrong' }],
  ['indicators', 'indicators', indicators],
  ['adjustments', 'more', { ...dated, document: document('追加'), lines: [line('500.00')] }],
];

export const at = (segment: string, body: unknown, headers = {}): Request => [
  'POST',
  `${BOOK}/${segment}`,
  body,
  headers,
];
export const get = (path: string, headers = {}): Request => ['GET', path, undefined, headers];
