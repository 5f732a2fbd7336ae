import type { ColumnTemplate, RowTemplate, TableTemplate, Words } from '../../template.js';
import { THREE_PUBLIC } from '../three-public.js';
import { BASIC, CODE_AND_NAME, emptyBecauseNo, formNumber, TREASURY_FUNDS } from './parts.js';

const PERSONNEL: Words = { zh: '人员经费', en: 'Personnel' };
const OPERATING: Words = { zh: '公用经费', en: 'Operating' };
const ACCOUNTS: Words = { zh: '决算数', en: 'Final' };
const PERSONNEL_CLASSES = ['301', '303'];
const OPERATING_CLASSES = ['302', '310'];

/** 类 and 款 with an amount. */
const codeRows = (economic: readonly string[], column: string): readonly RowTemplate[] => [
  {
    repeat: { over: 'economics', levels: [3, 5] },
    scope: { economic },
    keepIfNonZero: [column],
  },
];

/** 公开06表: basic expenditure of the general public budget by economic code. */
export const TABLE_06: TableTemplate = {
  id: '06',
  title: {
    zh: '一般公共预算财政拨款基本支出决算明细表',
    en: 'Basic expenditure from the general public budget by economic code',
  },
  form: formNumber('06'),
  scope: { fund: ['general-public-budget'], category: BASIC },
  rowHeader: { label: CODE_AND_NAME, group: [PERSONNEL], width: 2 },
  columns: [
    {
      id: 'personnel',
      label: ACCOUNTS,
      group: [PERSONNEL],
      cell: { measure: 'expenditure' },
    },
  ],
  rows: codeRows(PERSONNEL_CLASSES, 'personnel'),
  foot: [
    {
      id: 'personnel-total',
      label: { zh: '人员经费合计', en: 'Personnel, total' },
      kind: 'total',
      scope: { economic: PERSONNEL_CLASSES },
    },
  ],
  footings: [{ rows: 'top', total: 'personnel-total' }, { rows: 'tree' }],
  right: {
    item: {
      id: 'operatingItem',
      label: CODE_AND_NAME,
      group: [OPERATING],
      align: 'left',
      width: 2,
    },
    columns: [
      { id: 'operating', label: ACCOUNTS, group: [OPERATING], cell: { measure: 'expenditure' } },
    ],
    rows: codeRows(OPERATING_CLASSES, 'operating'),
    foot: [
      {
        id: 'operating-total',
        label: { zh: '公用经费合计', en: 'Operating, total' },
        kind: 'total',
        scope: { economic: OPERATING_CLASSES },
      },
    ],
    footings: [{ rows: 'top', total: 'operating-total' }, { rows: 'tree' }],
  },
  empty: emptyBecauseNo({
    zh: '一般公共预算财政拨款基本支出',
    en: 'basic expenditure from the general public budget',
  }),
};

const VEHICLES: Words = { zh: '公务用车购置及运行维护费', en: 'Vehicles' };

/** The columns of one half: what was planned for the year, or what was spent. */
const threePublic = (
  prefix: string,
  group: Words,
  measure: 'fullYearBudget' | 'expenditure',
): readonly ColumnTemplate[] => {
  const column = (
    id: string,
    label: Words,
    economic: readonly string[],
    under?: Words,
  ): ColumnTemplate => ({
    id: `${prefix}-${id}`,
    label,
    group: under ? [group, under] : [group],
    scope: { economic },
    cell: { measure },
  });
  return [
    column('total', { zh: '合计', en: 'Total' }, THREE_PUBLIC.all),
    column('abroad', { zh: '因公出国（境）费', en: 'Travel abroad' }, THREE_PUBLIC.abroad),
    column('vehicles', { zh: '小计', en: 'Subtotal' }, THREE_PUBLIC.vehicles, VEHICLES),
    column('purchase', { zh: '购置费', en: 'Purchase' }, THREE_PUBLIC.purchase, VEHICLES),
    column('running', { zh: '运行维护费', en: 'Running' }, THREE_PUBLIC.running, VEHICLES),
    column('reception', { zh: '公务接待费', en: 'Reception' }, THREE_PUBLIC.reception),
  ];
};

const footingsOf = (prefix: string) => [
  {
    columns: ['abroad', 'vehicles', 'reception'].map((id) => `${prefix}-${id}`),
    total: `${prefix}-total`,
  },
  { columns: ['purchase', 'running'].map((id) => `${prefix}-${id}`), total: `${prefix}-vehicles` },
];

/** 公开09表: “三公”经费, the full-year budget beside the accounts. */
export const TABLE_09: TableTemplate = {
  id: '09',
  title: { zh: '财政拨款“三公”经费支出决算表', en: 'Travel abroad, vehicles and reception' },
  form: formNumber('09'),
  scope: { fund: TREASURY_FUNDS },
  columns: [
    ...threePublic('budget', { zh: '预算数', en: 'Budget' }, 'fullYearBudget'),
    ...threePublic('final', ACCOUNTS, 'expenditure'),
  ],
  rows: [{ id: 'amount', label: { zh: '“三公”经费', en: 'Amount' } }],
  footings: [...footingsOf('budget'), ...footingsOf('final')],
  empty: emptyBecauseNo({
    zh: '财政拨款“三公”经费预算和支出',
    en: 'expenditure on travel abroad, vehicles and reception',
  }),
};
