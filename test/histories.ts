import fc from 'fast-check';
import type { Command, CommandLine } from '#domain';

const UNIT = 'U-1';
const YEAR = 2024;
const PROJECTS = ['P1', 'P2', 'P3'] as const;
const common = (n: number) => ({ id: `c${n}`, unit: UNIT, fiscalYear: YEAR });

export const HISTORY_BOOK = { unit: UNIT, fiscalYear: YEAR } as const;

const day = fc.integer({ min: 1, max: 365 }).map((d) => {
  const date = new Date(Date.UTC(YEAR, 0, d));
  return date.toISOString().slice(0, 10);
});
const yuan = (min: number, max: number) =>
  fc.integer({ min, max }).map((f) => {
    const digits = String(Math.abs(f)).padStart(3, '0');
    return `${f < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
  });
const amount = yuan(1, 50_000);
const signed = fc.oneof(amount, yuan(-50_000, -1));
const origin = fc.constantFrom('current' as const, 'carryover' as const);
const project = fc.constantFrom(...PROJECTS);
const fund = fc.constantFrom('general-public-budget' as const, 'government-fund' as const);
const economic = fc.constantFrom('30201', '30299', '30305');
const line = (amounts: fc.Arbitrary<string>, origins: fc.Arbitrary<'current' | 'carryover'>) =>
  fc.record({ project, fund, origin: origins, amount: amounts });
const earlier = fc.nat();

type Step = (n: number) => Command;

/** The steps of a random year. Ids of earlier commands are picked by number, so that many are of the wrong kind. */
const step: fc.Arbitrary<Step> = fc.oneof(
  fc
    .record({
      date: day,
      lines: fc.array(line(amount, fc.constant('current' as const)), {
        minLength: 1,
        maxLength: 3,
      }),
    })
    .map(({ date, lines }): Step => (n) => ({
      ...common(n),
      command: 'approve-budget',
      date,
      document: { number: `批复${n}`, date },
      lines,
    })),
  fc
    .record({
      date: day,
      lines: fc.array(line(amount, fc.constant('carryover' as const)), {
        minLength: 1,
        maxLength: 2,
      }),
      from: fc.integer({ min: 2021, max: 2023 }),
    })
    .map(({ date, lines, from }): Step => (n) => ({
      ...common(n),
      command: 'bring-in-carryover',
      date,
      document: { number: `结转${n}`, date },
      fromFiscalYear: 2023,
      lines: lines.map((l) => ({ ...l, sourceFiscalYear: from })),
    })),
  fc
    .record({ date: day, lines: fc.array(line(signed, origin), { minLength: 1, maxLength: 3 }) })
    .map(({ date, lines }): Step => (n) => ({
      ...common(n),
      command: 'adjust-budget',
      date,
      document: { number: `调整${n}`, date },
      reason: '调整',
      lines,
    })),
  fc
    .record({ date: day, fund, from: project, to: project, amount })
    .map(({ date, fund: f, from, to, amount: a }): Step => (n) => ({
      ...common(n),
      command: 'transfer-budget',
      date,
      document: { number: `调剂${n}`, date },
      reason: '调剂',
      lines: [
        { project: from, fund: f, origin: 'current', amount: `-${a}` },
        { project: to, fund: f, origin: 'current', amount: a },
      ],
    })),
  fc
    .record({ date: day, line: line(amount, fc.constant('current' as const)) })
    .map(({ date, line: l }): Step => (n) => ({
      ...common(n),
      command: 'allocate-directly',
      date,
      document: { number: `直拨${n}`, date },
      recipient: { code: 'jd', name: '街道' },
      reason: '直拨',
      lines: [l],
    })),
  fc.record({ date: day, line: line(amount, origin) }).map(({ date, line: l }): Step => (n) => ({
    ...common(n),
    command: 'reserve',
    date,
    document: { number: `合同${n}`, date },
    reason: '占用',
    lines: [l],
  })),
  fc
    .record({
      date: day,
      line: line(amount, origin),
      economic,
      procurement: fc.boolean(),
      of: fc.option(earlier, { nil: undefined, freq: 3 }),
    })
    .map(({ date, line: l, economic: e, procurement, of }): Step => (n) => ({
      ...common(n),
      command: 'make-payment',
      date,
      payee: '供应商',
      ...(procurement && { procurement: l.amount }),
      ...(of !== undefined && n > 0 && { reservation: `c${of % n}` }),
      lines: [{ ...l, economic: e } satisfies CommandLine],
    })),
  fc
    .record({ date: day, line: line(amount, origin), economic, of: earlier })
    .map(({ date, line: l, economic: e, of }): Step => (n) => ({
      ...common(n),
      command: 'refund-payment',
      date,
      payment: `c${of % Math.max(n, 1)}`,
      reason: '退回',
      lines: [{ ...l, economic: e }],
    })),
  fc
    .record({ date: day, line: line(amount, origin), of: earlier })
    .map(({ date, line: l, of }): Step => (n) => ({
      ...common(n),
      command: 'release',
      date,
      reservation: `c${of % Math.max(n, 1)}`,
      reason: '释放',
      lines: [l],
    })),
  fc.record({ date: day, of: earlier, amount }).map(({ date, of, amount: a }): Step => (n) => ({
    ...common(n),
    command: 'acknowledge-allocation',
    date,
    allocation: `c${of % Math.max(n, 1)}`,
    amount: a,
  })),
  fc.record({ date: day, of: earlier }).map(({ date, of }): Step => (n) => ({
    ...common(n),
    command: 'reverse-entry',
    date,
    entry: `c${of % Math.max(n, 1)}`,
    reason: '冲销',
  })),
);

const opening: readonly Command[] = [
  {
    ...common(0),
    command: 'open-book',
    date: `${YEAR}-01-01`,
    unitName: '测试单位',
    divisionCode: '430203',
    divisionName: '测试区',
  },
  ...PROJECTS.map((p, i): Command => ({
    ...common(i + 1),
    command: 'register-project',
    date: `${YEAR}-01-01`,
    project: p,
    name: `项目${p}`,
    category: (['personnel', 'operating', 'project'] as const)[i]!,
    function: '2082801',
  })),
];

const date = `${YEAR}-01-05`;
const funded: readonly Command[] = [
  {
    ...common(opening.length),
    command: 'approve-budget',
    date,
    document: { number: '年初批复', date },
    lines: PROJECTS.map((p) => ({
      project: p,
      fund: 'general-public-budget',
      origin: 'current',
      amount: '900.00',
    })),
  },
  {
    ...common(opening.length + 1),
    command: 'bring-in-carryover',
    date,
    document: { number: '年初结转', date },
    fromFiscalYear: YEAR - 1,
    lines: PROJECTS.map((p) => ({
      project: p,
      fund: 'general-public-budget',
      origin: 'carryover',
      amount: '500.00',
    })),
  },
];
const START = [...opening, ...funded];

/** A random year of one book: valid commands among many that the ledger must refuse. */
export const history = (most = 60): fc.Arbitrary<readonly Command[]> =>
  fc
    .array(step, { minLength: 10, maxLength: most })
    .map((steps) => [...START, ...steps.map((s, i) => s(i + START.length))]);
