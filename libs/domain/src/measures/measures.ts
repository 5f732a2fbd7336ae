import { MOVEMENT_KINDS, type Account, type MovementKind } from '../entries/movements.js';
import type { Origin } from '../book/vocabulary.js';

/** How much one movement of a kind adds to a measure. */
export type Coefficients = Partial<Record<MovementKind, 1 | -1>>;

/**
 * What a measure is (docs/manual.md), as data over the movements of any scope.
 * `sum`: signed sum of movements, for `origin` only where one is given. `memo`: a sum of amounts that
 * are no movement. `prior`: recorded figures of the year before. `ratio`: percent of two sums.
 */
export type MeasureDefinition = { readonly zh: string; readonly en: string } & (
  | { readonly kind: 'sum'; readonly of: Coefficients; readonly origin?: Origin }
  | { readonly kind: 'memo'; readonly of: 'procurement' }
  | { readonly kind: 'statistic'; readonly key: string }
  | { readonly kind: 'prior'; readonly of: 'expenditure' }
  | { readonly kind: 'ratio'; readonly part: SumMeasure; readonly whole: SumMeasure }
  | { readonly kind: 'score'; readonly of: 'computed' | 'recorded' | 'total' }
);

const TRANSFERS: Coefficients = { transferredIn: 1, transferredOut: -1 };
const INITIAL: Coefficients = { approved: 1 };
const CARRYOVER_IN: Coefficients = { broughtIn: 1 };
const FULL_YEAR: Coefficients = {
  ...INITIAL,
  added: 1,
  reduced: -1,
  ...TRANSFERS,
  allocated: -1,
  ...CARRYOVER_IN,
};
const EXPENDITURE: Coefficients = { paid: 1, refunded: -1 };

/** The balance of one account as coefficients: + where a movement debits it, − where it credits it. */
export function balanceOf(account: Account): Coefficients {
  const of: Coefficients = {};
  for (const [kind, { debit, credit }] of Object.entries(MOVEMENT_KINDS)) {
    if (debit === account) of[kind as MovementKind] = 1;
    if (credit === account) of[kind as MovementKind] = -1;
  }
  return of;
}

const difference = (a: Coefficients, b: Coefficients): Coefficients => {
  const of: Coefficients = { ...a };
  for (const [kind, c] of Object.entries(b)) of[kind as MovementKind] = -c as 1 | -1;
  return of;
};

export const MEASURES = {
  initialBudget: { zh: '年初预算数', en: 'Initial budget', kind: 'sum', of: INITIAL },
  midYearAdjustment: {
    zh: '年中调整',
    en: 'Mid-year adjustment',
    kind: 'sum',
    of: { added: 1, reduced: -1, ...TRANSFERS, released: 1, takenBack: -1 },
  },
  directAllocation: { zh: '直拨', en: 'Direct allocation', kind: 'sum', of: { allocated: 1 } },
  carryoverIn: { zh: '年初结转', en: 'Carryover brought in', kind: 'sum', of: CARRYOVER_IN },
  releasedCarryover: {
    zh: '已下达结转',
    en: 'Released carryover',
    kind: 'sum',
    of: { released: 1, takenBack: -1 },
  },
  fullYearBudget: { zh: '全年预算数', en: 'Full-year budget', kind: 'sum', of: FULL_YEAR },
  expenditure: { zh: '支出', en: 'Expenditure', kind: 'sum', of: EXPENDITURE },
  appropriationIncome: {
    zh: '本年财政拨款收入',
    en: 'Appropriation income of the year',
    kind: 'sum',
    of: FULL_YEAR,
    origin: 'current',
  },
  carryoverOut: {
    zh: '年末结转结余',
    en: 'Carryover at year end',
    kind: 'sum',
    of: difference(FULL_YEAR, EXPENDITURE),
  },
  executable: {
    zh: '可执行指标余额',
    en: 'Executable balance',
    kind: 'sum',
    of: balanceOf('executable'),
  },
  unreleasedCarryover: {
    zh: '未下达结转',
    en: 'Unreleased carryover',
    kind: 'sum',
    of: balanceOf('unreleasedCarryover'),
  },
  reserved: { zh: '已占用', en: 'Reserved', kind: 'sum', of: balanceOf('reserved') },
  carriedForward: {
    zh: '结转下年',
    en: 'Carried forward',
    kind: 'sum',
    of: balanceOf('carriedForward'),
  },
  surplus: { zh: '结余', en: 'Surplus', kind: 'sum', of: balanceOf('surplus') },
  recovered: { zh: '已收回', en: 'Recovered', kind: 'sum', of: balanceOf('recovered') },
  priorExpenditure: {
    zh: '上年决算数',
    en: 'Prior-year expenditure',
    kind: 'prior',
    of: 'expenditure',
  },
  procurementBudget: {
    zh: '政府采购预算',
    en: 'Procurement budget',
    kind: 'statistic',
    key: 'procurement.budget',
  },
  procurementExpenditure: {
    zh: '政府采购支出',
    en: 'Procurement expenditure',
    kind: 'memo',
    of: 'procurement',
  },
  executionRate: {
    zh: '预算执行率',
    en: 'Execution rate',
    kind: 'ratio',
    part: 'expenditure',
    whole: 'fullYearBudget',
  },
  executionScoreComputed: {
    zh: '执行率得分（计算）',
    en: 'Execution score, computed',
    kind: 'score',
    of: 'computed',
  },
  executionScoreRecorded: {
    zh: '执行率得分（评定）',
    en: 'Execution score, given',
    kind: 'score',
    of: 'recorded',
  },
  totalScore: { zh: '总分', en: 'Total score', kind: 'score', of: 'total' },
} as const satisfies Record<string, MeasureDefinition>;

export type MeasureName = keyof typeof MEASURES;

/** Measures that are signed sums of movements, so that they can be added, bounded and sealed. */
export type SumMeasure =
  | 'initialBudget'
  | 'midYearAdjustment'
  | 'directAllocation'
  | 'carryoverIn'
  | 'releasedCarryover'
  | 'fullYearBudget'
  | 'expenditure'
  | 'appropriationIncome'
  | 'carryoverOut'
  | 'executable'
  | 'unreleasedCarryover'
  | 'reserved'
  | 'carriedForward'
  | 'surplus'
  | 'recovered';

export const isMeasureName = (name: string): name is MeasureName => Object.hasOwn(MEASURES, name);
