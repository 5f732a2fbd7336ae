import type { Fund } from '#domain';
import type { CellSpec, ColumnTemplate, FixedRow, TableTemplate, Words } from '../../template.js';
import {
  classRows,
  emptyBecauseNo,
  FORM_TITLE,
  formNumber,
  lineColumn,
  TREASURY_FUNDS,
} from './parts.js';

const INCOME: Words = { zh: '收入', en: 'Income' };
const EXPENDITURE: Words = { zh: '支出', en: 'Expenditure' };

const FUND_NAMES: Partial<Record<Fund, { readonly zh: string; readonly en: string }>> = {
  'general-public-budget': { zh: '一般公共预算财政拨款', en: 'General public budget' },
  'government-fund': { zh: '政府性基金预算财政拨款', en: 'Government funds' },
  'state-capital': { zh: '国有资本经营预算财政拨款', en: 'State capital operations' },
};
const ORDINALS = ['一', '二', '三'];

const byFund = (prefix: string, cell: CellSpec, level: number): readonly FixedRow[] =>
  TREASURY_FUNDS.map((fund, i) => ({
    id: prefix + fund,
    label: {
      zh: level === 0 ? `${ORDINALS[i]}、${FUND_NAMES[fund]!.zh}` : FUND_NAMES[fund]!.zh,
      en: level === 0 ? `${i + 1}. ${FUND_NAMES[fund]!.en}` : FUND_NAMES[fund]!.en,
    },
    level,
    scope: { fund: [fund] },
    cells: { income: cell },
  }));

const EXPENDITURE_COLUMNS: readonly ColumnTemplate[] = [
  {
    id: 'expenditure',
    label: { zh: '合计', en: 'Total' },
    group: [EXPENDITURE],
    cell: { measure: 'expenditure' },
  },
  ...TREASURY_FUNDS.map((fund) => ({
    id: `expenditure-${fund}`,
    label: FUND_NAMES[fund]!,
    group: [EXPENDITURE],
    scope: { fund: [fund] },
    cell: { measure: 'expenditure' } as const,
  })),
];
const inEveryColumn = (cell: CellSpec): Readonly<Record<string, CellSpec>> =>
  Object.fromEntries(EXPENDITURE_COLUMNS.map((c) => [c.id, cell]));

const COLUMN_FOOTING = {
  columns: TREASURY_FUNDS.map((fund) => `expenditure-${fund}`),
  total: 'expenditure',
};

/** 公开04表: as 01, of what the treasury appropriates, by kind of budget. */
export const TABLE_04: TableTemplate = {
  id: '04',
  title: { zh: '财政拨款收入支出决算总表', en: 'Appropriations: income and expenditure' },
  form: formNumber('04'),
  scope: { fund: TREASURY_FUNDS },
  rowHeader: { label: FORM_TITLE, group: [INCOME], width: 3 },
  columns: [
    lineColumn('left', INCOME),
    {
      id: 'income',
      label: { zh: '决算数', en: 'Final' },
      group: [INCOME],
      cell: { measure: 'appropriationIncome' },
    },
  ],
  rows: byFund('', { measure: 'appropriationIncome', zero: 'blank' }, 0),
  foot: [
    { id: 'income-total', label: { zh: '本年收入合计', en: 'Income of the year' }, kind: 'total' },
    {
      id: 'carryover-in',
      label: { zh: '年初财政拨款结转和结余', en: 'Carryover in' },
      cells: { income: { measure: 'carryoverIn' } },
    },
    ...byFund('carryover-in-', { measure: 'carryoverIn', zero: 'blank' }, 1),
    {
      id: 'total',
      label: { zh: '总计', en: 'Total' },
      kind: 'total',
      cells: {
        income: {
          plus: [
            { row: 'income-total', column: 'income' },
            { row: 'carryover-in', column: 'income' },
          ],
        },
      },
    },
  ],
  footings: [
    { rows: 'top', total: 'income-total' },
    { rows: 'children', total: 'carryover-in' },
    { rows: ['income-total', 'carryover-in'], total: 'total' },
  ],
  right: {
    item: {
      id: 'expenditureItem',
      label: FORM_TITLE,
      group: [EXPENDITURE],
      align: 'left',
      width: 3.2,
    },
    columns: [lineColumn('right', EXPENDITURE), ...EXPENDITURE_COLUMNS],
    rows: classRows(inEveryColumn({ measure: 'expenditure', zero: 'blank' })),
    foot: [
      {
        id: 'expenditure-total',
        label: { zh: '本年支出合计', en: 'Expenditure of the year' },
        kind: 'total',
      },
      {
        id: 'carryover-out',
        label: { zh: '年末财政拨款结转和结余', en: 'Carryover at year end' },
        cells: inEveryColumn({ measure: 'carryoverOut' }),
      },
      // keeps the two 总计 level, as on the form
      ...TREASURY_FUNDS.map((fund): FixedRow => ({ id: `beside-${fund}`, label: '', bare: true })),
      {
        id: 'total',
        label: { zh: '总计', en: 'Total' },
        kind: 'total',
        cells: Object.fromEntries(
          EXPENDITURE_COLUMNS.map(({ id }): [string, CellSpec] => [
            id,
            {
              plus: [
                { row: 'expenditure-total', column: id },
                { row: 'carryover-out', column: id },
              ],
            },
          ]),
        ),
      },
    ],
    footings: [
      { rows: 'top', total: 'expenditure-total' },
      { rows: ['expenditure-total', 'carryover-out'], total: 'total' },
      COLUMN_FOOTING,
    ],
  },
  balances: [
    {
      label: { zh: '收入总计与支出总计', en: 'Total of both sides' },
      left: { row: 'total', column: 'income' },
      right: { row: 'total', column: 'expenditure' },
    },
  ],
  empty: emptyBecauseNo({ zh: '财政拨款收入、支出和结转结余', en: 'appropriations' }),
};
