// A book of twenty lines that are always nearly spent.
const book = { unit: 'U', fiscalYear: 2024, date: '2024-06-15' };
const PROJECTS = Array.from({ length: 10 }, (_, i) => `P${i}`);
const FUNDS = ['general-public-budget', 'government-fund'];
const LINES = PROJECTS.flatMap((project) =>
  FUNDS.map((fund) => ({ project, fund, origin: 'current' })),
);
const FIRST_AMOUNT = '1000.00';

export const openNarrowBook = [
  {
    ...book,
    command: 'open-book',
    id: 'open',
    unitName: '单位',
    divisionCode: '430203',
    divisionName: '测试区',
  },
  ...PROJECTS.map((project) => ({
    ...book,
    command: 'register-project',
    id: `project-${project}`,
    project,
    name: `项目${project}`,
    category: 'project',
    function: '2082801',
  })),
  {
    ...book,
    command: 'approve-budget',
    id: 'approve',
    document: { number: '年初批复', date: book.date },
    lines: LINES.map((line) => ({ ...line, amount: FIRST_AMOUNT })),
  },
];

const yuan = (fen) => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;

/** A payment from one line or some. */
export function spend(id, random) {
  const first = random.below(LINES.length);
  const lines = LINES.slice(first, first + random.between(1, 3)).map((line) => ({
    ...line,
    economic: '30201',
    amount: yuan(random.between(1, 40_000)),
  }));
  return { ...book, command: 'make-payment', id, payee: '供应商', voucher: id, lines };
}

/** A budget line gets more, or less. */
export function change(id, random) {
  const amount = yuan(random.between(1, 60_000));
  const line = { ...random.pick(LINES), amount: random.chance(0.6) ? amount : `-${amount}` };
  const document = { number: id, date: book.date };
  return { ...book, command: 'adjust-budget', id, document, reason: '调整', lines: [line] };
}

const SIGNS = { BudgetApproved: 1n, BudgetAdjusted: 1n, PaymentMade: -1n };
const fenOf = (amount) => BigInt(amount.replace('.', ''));

/** Adds up event after event what is left on each line; how often there was less than nothing. */
export class Balances {
  overspent = 0;
  #left = new Map();

  take({ type, payload }) {
    const sign = SIGNS[type];
    if (sign === undefined) return;
    const touched = new Set();
    for (const { project, fund, origin, amount } of JSON.parse(payload).lines) {
      const key = `${project} ${fund} ${origin}`;
      this.#left.set(key, (this.#left.get(key) ?? 0n) + sign * fenOf(amount));
      touched.add(key);
    }
    for (const key of touched) if (this.#left.get(key) < 0n) this.overspent++;
  }
}
