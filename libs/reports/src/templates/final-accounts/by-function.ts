import type { Fund, MeasureName } from '#domain';
import type { ColumnTemplate, Footing, TableTemplate, Words } from '../../template.js';
import {
  BASIC,
  CODE_AND_NAME,
  emptyBecauseNo,
  formNumber,
  functionRows,
  TREASURY_FUNDS,
} from './parts.js';

const THIS_YEAR: Words = { zh: '本年支出', en: 'Expenditure of the year' };

const byFund = (
  id: string,
  measure: MeasureName,
  label: Words,
  fund: readonly Fund[],
): ColumnTemplate => ({ id, label, scope: { fund }, cell: { measure } });

/** A column of the form for what no budget book holds. */
const none = (id: string, label: Words): ColumnTemplate => ({ id, label });

const spendingColumns = (total: Words, group?: readonly Words[]): readonly ColumnTemplate[] => [
  { id: 'total', label: total, ...(group && { group }), cell: { measure: 'expenditure' } },
  {
    id: 'basic',
    label: { zh: '基本支出', en: 'Basic' },
    ...(group && { group }),
    scope: { category: BASIC },
    cell: { measure: 'expenditure' },
  },
  {
    id: 'project',
    label: { zh: '项目支出', en: 'Project' },
    ...(group && { group }),
    scope: { category: ['project'] },
    cell: { measure: 'expenditure' },
  },
];

const TREE: readonly Footing[] = [{ rows: 'top', total: 'total' }, { rows: 'tree' }];
const SPENDING: readonly Footing[] = [...TREE, { columns: ['basic', 'project'], total: 'total' }];
const ROW_HEADER = { label: CODE_AND_NAME, width: 2.6 };

/** 公开02表: income by function and kind. */
export const TABLE_02: TableTemplate = {
  id: '02',
  title: { zh: '收入决算表', en: 'Income' },
  form: formNumber('02'),
  rowHeader: ROW_HEADER,
  columns: [
    {
      id: 'income',
      label: { zh: '本年收入合计', en: 'Income of the year' },
      cell: { measure: 'appropriationIncome' },
    },
    byFund(
      'treasury',
      'appropriationIncome',
      { zh: '财政拨款收入', en: 'Appropriations' },
      TREASURY_FUNDS,
    ),
    none('superior', { zh: '上级补助收入', en: 'From superiors' }),
    byFund('service', 'appropriationIncome', { zh: '事业收入', en: 'Service income' }, [
      'fiscal-special-account',
    ]),
    none('operations', { zh: '经营收入', en: 'Operating income' }),
    none('subordinate', { zh: '附属单位上缴收入', en: 'From subordinates' }),
    byFund('other', 'appropriationIncome', { zh: '其他收入', en: 'Other income' }, [
      'other-funds',
      'social-insurance',
    ]),
  ],
  rows: functionRows(['income']),
  footings: [...TREE, { columns: ['treasury', 'service', 'other'], total: 'income' }],
  empty: emptyBecauseNo({ zh: '收入', en: 'income' }),
};

/** 公开03表: expenditure by function. */
export const TABLE_03: TableTemplate = {
  id: '03',
  title: { zh: '支出决算表', en: 'Expenditure' },
  form: formNumber('03'),
  rowHeader: ROW_HEADER,
  columns: [
    ...spendingColumns({ zh: '本年支出合计', en: 'Expenditure of the year' }),
    none('to-superiors', { zh: '上缴上级支出', en: 'To superiors' }),
    none('operations', { zh: '经营支出', en: 'Operating costs' }),
    none('to-subordinates', { zh: '对附属单位补助支出', en: 'To subordinates' }),
  ],
  rows: functionRows(['total']),
  footings: SPENDING,
  empty: emptyBecauseNo({ zh: '支出', en: 'expenditure' }),
};

/** 公开05表: expenditure of the general public budget by 类, 款 and 项. */
export const TABLE_05: TableTemplate = {
  id: '05',
  title: {
    zh: '一般公共预算财政拨款支出决算表',
    en: 'Expenditure from the general public budget',
  },
  form: formNumber('05'),
  scope: { fund: ['general-public-budget'] },
  rowHeader: ROW_HEADER,
  columns: spendingColumns({ zh: '合计', en: 'Total' }, [THIS_YEAR]),
  rows: functionRows(['total']),
  footings: SPENDING,
  empty: emptyBecauseNo({
    zh: '一般公共预算财政拨款支出',
    en: 'expenditure from the general public budget',
  }),
};

/** 公开07表: government funds, with what they brought in and left. */
export const TABLE_07: TableTemplate = {
  id: '07',
  title: {
    zh: '政府性基金预算财政拨款收入支出决算表',
    en: 'Government funds: income and expenditure',
  },
  form: formNumber('07'),
  scope: { fund: ['government-fund'] },
  rowHeader: ROW_HEADER,
  columns: [
    {
      id: 'carryoverIn',
      label: { zh: '年初结转和结余', en: 'Carryover in' },
      cell: { measure: 'carryoverIn' },
    },
    {
      id: 'income',
      label: { zh: '本年收入', en: 'Income' },
      cell: { measure: 'appropriationIncome' },
    },
    ...spendingColumns({ zh: '小计', en: 'Subtotal' }, [THIS_YEAR]),
    {
      id: 'carryoverOut',
      label: { zh: '年末结转和结余', en: 'Carryover out' },
      cell: { measure: 'carryoverOut' },
    },
  ],
  rows: functionRows(['carryoverIn', 'income', 'total', 'carryoverOut']),
  footings: SPENDING,
  empty: emptyBecauseNo({
    zh: '政府性基金预算财政拨款收入和支出，也没有结转和结余',
    en: 'government funds',
  }),
};

/** 公开08表: expenditure of the state capital operations budget. */
export const TABLE_08: TableTemplate = {
  id: '08',
  title: {
    zh: '国有资本经营预算财政拨款支出决算表',
    en: 'Expenditure from the state capital operations budget',
  },
  form: formNumber('08'),
  scope: { fund: ['state-capital'] },
  rowHeader: ROW_HEADER,
  columns: spendingColumns({ zh: '合计', en: 'Total' }, [THIS_YEAR]),
  rows: functionRows(['total']),
  footings: SPENDING,
  empty: emptyBecauseNo({
    zh: '国有资本经营预算财政拨款支出',
    en: 'expenditure from the state capital operations budget',
  }),
};
