import { Ledger } from '#projections';

/** Commands of one book: it is opened, gets a budget, and pays `payments` times. */
export function* bookCommands(unit, payments) {
  const common = (n, date) => ({ id: `${unit}-${n}`, unit, fiscalYear: 2024, date });
  yield {
    ...common(0, '2024-01-01'),
    command: 'open-book',
    unitName: `单位${unit}`,
    divisionCode: '430203',
    divisionName: '测试区',
  };
  for (const [i, category] of ['personnel', 'operating', 'project'].entries())
    yield {
      ...common(i + 1, '2024-01-01'),
      command: 'register-project',
      project: `P${i}`,
      name: `项目${i}`,
      category,
      function: '2082801',
    };
  yield {
    ...common(4, '2024-01-05'),
    command: 'approve-budget',
    document: { number: '年初批复', date: '2024-01-05' },
    lines: [0, 1, 2].map((i) => ({
      project: `P${i}`,
      fund: 'general-public-budget',
      origin: 'current',
      amount: '900000000.00',
    })),
  };
  for (let n = 0; n < payments; n++) yield payment(unit, n);
}

export function payment(unit, n) {
  const month = String(1 + (n % 12)).padStart(2, '0');
  return {
    command: 'make-payment',
    id: `${unit}-pay-${n}`,
    unit,
    fiscalYear: 2024,
    date: `2024-${month}-15`,
    payee: '日常公用供应商',
    voucher: `记-${n}`,
    lines: [
      {
        project: `P${n % 3}`,
        fund: 'general-public-budget',
        origin: 'current',
        economic: ['30201', '30205', '30211', '30299'][n % 4],
        amount: `${100 + (n % 9000)}.${String(n % 100).padStart(2, '0')}`,
      },
    ],
  };
}

export const meta = { actor: 'bench', recordedAt: '2024-06-30T08:00:00.000Z' };

/** A store with `books` books of `perBook` events each, posted through the command runner. */
export async function fill(directory, books, perBook) {
  const ledger = await Ledger.open({ directory });
  const setUp = 5;
  for (let b = 0; b < books; b++) {
    const outcome = await ledger.commands.runAtomically(
      [...bookCommands(`U${b}`, perBook - setUp)],
      meta,
    );
    if (!outcome.ok) throw new Error(outcome.error.message);
  }
  await ledger.close();
}

export const median = (xs) => [...xs].sort((a, b) => a - b)[Math.floor(xs.length / 2)];
export const quantile = (xs, q) =>
  [...xs].sort((a, b) => a - b)[Math.min(xs.length - 1, Math.floor(xs.length * q))];
export const seconds = (since) => (performance.now() - since) / 1000;
