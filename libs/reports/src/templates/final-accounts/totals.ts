import type { CellSpec, FixedRow, TableTemplate, Words } from '../../template.js';
import { classRows, emptyBecauseNo, FORM_TITLE, formNumber, lineColumn } from './parts.js';

const INCOME: Words = { zh: '收入', en: 'Income' };
const EXPENDITURE: Words = { zh: '支出', en: 'Expenditure' };
const ACCOUNTS: Words = { zh: '决算数', en: 'Final' };

const income: CellSpec = { measure: 'appropriationIncome', zero: 'blank' };
/** A line of the form for what no budget book holds. */
const none = (id: string, label: Words): FixedRow => ({ id, label, bare: true });

const INCOME_ROWS: readonly FixedRow[] = [
  {
    id: 'general-public-budget',
    label: {
      zh: '一、一般公共预算财政拨款收入',
      en: '1. Appropriations of the general public budget',
    },
    scope: { fund: ['general-public-budget'] },
    cells: { income },
  },
  {
    id: 'government-fund',
    label: { zh: '二、政府性基金预算财政拨款收入', en: '2. Appropriations of government funds' },
    scope: { fund: ['government-fund'] },
    cells: { income },
  },
  {
    id: 'state-capital',
    label: {
      zh: '三、国有资本经营预算财政拨款收入',
      en: '3. Appropriations of the state capital budget',
    },
    scope: { fund: ['state-capital'] },
    cells: { income },
  },
  none('superior', { zh: '四、上级补助收入', en: '4. Subsidies from superiors' }),
  {
    id: 'service',
    label: { zh: '五、事业收入', en: '5. Service income (fiscal special account)' },
    scope: { fund: ['fiscal-special-account'] },
    cells: { income },
  },
  none('operations', { zh: '六、经营收入', en: '6. Operating income' }),
  none('subordinate', { zh: '七、附属单位上缴收入', en: '7. From subordinate units' }),
  {
    id: 'other',
    label: { zh: '八、其他收入', en: '8. Other income' },
    // a department's form has no line of its own for social insurance funds
    scope: { fund: ['other-funds', 'social-insurance'] },
    cells: { income },
  },
];

/** 公开01表: both sides add up to the same 总计. */
export const TABLE_01: TableTemplate = {
  id: '01',
  title: { zh: '收入支出决算总表', en: 'Income and expenditure' },
  form: formNumber('01'),
  rowHeader: { label: FORM_TITLE, group: [INCOME], width: 2.4 },
  columns: [
    lineColumn('left', INCOME),
    { id: 'income', label: ACCOUNTS, group: [INCOME], cell: { measure: 'appropriationIncome' } },
  ],
  rows: INCOME_ROWS,
  foot: [
    { id: 'income-total', label: { zh: '本年收入合计', en: 'Income of the year' }, kind: 'total' },
    none('used-surplus', {
      zh: '使用非财政拨款结余（含专用结余）',
      en: 'Use of surplus other than appropriations',
    }),
    {
      id: 'carryover-in',
      label: { zh: '年初结转和结余', en: 'Carryover in' },
      cells: { income: { measure: 'carryoverIn' } },
    },
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
    { rows: ['income-total', 'carryover-in'], total: 'total' },
  ],
  right: {
    item: {
      id: 'expenditureItem',
      label: FORM_TITLE,
      group: [EXPENDITURE],
      align: 'left',
      width: 2.2,
    },
    columns: [
      lineColumn('right', EXPENDITURE),
      {
        id: 'expenditure',
        label: ACCOUNTS,
        group: [EXPENDITURE],
        cell: { measure: 'expenditure' },
      },
    ],
    rows: classRows({ expenditure: { measure: 'expenditure', zero: 'blank' } }),
    foot: [
      {
        id: 'expenditure-total',
        label: { zh: '本年支出合计', en: 'Expenditure of the year' },
        kind: 'total',
      },
      none('surplus-distribution', { zh: '结余分配', en: 'Distribution of surplus' }),
      {
        id: 'carryover-out',
        label: { zh: '年末结转和结余', en: 'Carryover at year end' },
        cells: { expenditure: { measure: 'carryoverOut' } },
      },
      {
        id: 'total',
        label: { zh: '总计', en: 'Total' },
        kind: 'total',
        cells: {
          expenditure: {
            plus: [
              { row: 'expenditure-total', column: 'expenditure' },
              { row: 'carryover-out', column: 'expenditure' },
            ],
          },
        },
      },
    ],
    footings: [
      { rows: 'top', total: 'expenditure-total' },
      { rows: ['expenditure-total', 'carryover-out'], total: 'total' },
    ],
  },
  balances: [
    {
      label: { zh: '收入总计与支出总计', en: 'Total of both sides' },
      left: { row: 'total', column: 'income' },
      right: { row: 'total', column: 'expenditure' },
    },
  ],
  empty: emptyBecauseNo({ zh: '收入、支出和结转结余', en: 'income, expenditure or carryover' }),
};
