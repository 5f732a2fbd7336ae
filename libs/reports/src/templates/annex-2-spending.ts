import type { CellSpec, RowTemplate, TableTemplate } from '../template.js';
import { THREE_PUBLIC } from './three-public.js';

/** The paper leaves the breakdown of a “三公” total of zero blank. */
const BLANK_ZERO: Readonly<Record<string, CellSpec>> = {
  prior: { measure: 'priorExpenditure', zero: 'blank' },
  budget: { measure: 'initialBudget', zero: 'blank' },
  final: { measure: 'expenditure', zero: 'blank' },
};

const THREE_PUBLIC_ROWS: readonly RowTemplate[] = [
  {
    id: 'vehicles',
    label: { zh: '1、公务用车购置和维护经费', en: '1. Vehicles' },
    scope: { economic: THREE_PUBLIC.vehicles },
    cells: BLANK_ZERO,
    rows: [
      {
        id: 'vehicle-purchase',
        label: { zh: '其中：公车购置', en: 'of which purchase' },
        scope: { economic: THREE_PUBLIC.purchase },
        cells: BLANK_ZERO,
      },
      {
        id: 'vehicle-running',
        label: { zh: '公车运行维护', en: 'running and maintenance' },
        scope: { economic: THREE_PUBLIC.running },
        cells: BLANK_ZERO,
      },
    ],
  },
  {
    id: 'abroad',
    label: { zh: '2、出国经费', en: '2. Travel abroad' },
    scope: { economic: THREE_PUBLIC.abroad },
    cells: BLANK_ZERO,
  },
  {
    id: 'reception',
    label: { zh: '3、公务接待', en: '3. Reception' },
    scope: { economic: THREE_PUBLIC.reception },
    cells: BLANK_ZERO,
  },
];

/** 经费控制情况 of annex 2: last year's accounts, this year's budget and accounts. */
export const SPENDING: TableTemplate = {
  id: 'spending',
  title: { zh: '经费控制情况', en: 'Spending' },
  rowHeader: {
    label: { zh: '经费控制情况（{amountUnit}）', en: 'Spending ({amountUnit})' },
    width: 1.6,
  },
  columns: [
    {
      id: 'prior',
      label: { zh: '{priorYear}年决算数', en: 'Final {priorYear}' },
      cell: { measure: 'priorExpenditure' },
    },
    {
      id: 'budget',
      label: { zh: '{fiscalYear}年预算数', en: 'Budget {fiscalYear}' },
      cell: { measure: 'initialBudget' },
    },
    {
      id: 'final',
      label: { zh: '{fiscalYear}年决算数', en: 'Final {fiscalYear}' },
      cell: { measure: 'expenditure' },
    },
  ],
  rows: [
    {
      id: 'three-public',
      label: { zh: '三公经费', en: 'Travel abroad, vehicles, reception' },
      scope: { economic: THREE_PUBLIC.all },
      rows: THREE_PUBLIC_ROWS,
    },
    {
      id: 'projects',
      label: { zh: '项目支出：', en: 'Project expenditure' },
      scope: { category: ['project'] },
      rows: [
        {
          repeat: {
            over: 'projects',
            // as the unit printed its 2023 form; others print in order of registration
            order: { '430203-208001': ['JY', 'YF', 'AZ', 'XF', 'GL'] },
          },
        },
      ],
    },
    {
      id: 'operating',
      label: { zh: '公用经费', en: 'Operating expenditure' },
      scope: { category: ['operating'] },
      rows: [
        {
          id: 'office',
          label: { zh: '其中：办公经费', en: 'of which office expenses' },
          scope: { economic: ['30201'] },
        },
        {
          id: 'utilities-travel',
          label: { zh: '水费、电费、差旅费', en: 'water, electricity, travel' },
          scope: { economic: ['30205', '30206', '30211'] },
        },
        {
          id: 'meetings-training',
          label: { zh: '会议费、培训费', en: 'meetings, training' },
          scope: { economic: ['30215', '30216'] },
        },
      ],
    },
    {
      id: 'procurement',
      label: { zh: '政府采购金额', en: 'Government procurement' },
      cells: {
        prior: { text: '——' },
        budget: { measure: 'procurementBudget' },
        final: { measure: 'procurementExpenditure' },
      },
    },
    {
      id: 'basic-adjustment',
      label: { zh: '部门基本支出预算调整', en: 'Adjustment of basic expenditure' },
      scope: { category: ['personnel', 'operating'] },
      bare: true,
      // the published form leaves this blank although there was an adjustment; the ledger knows it
      cells: { prior: { text: '——' }, final: { measure: 'midYearAdjustment' } },
    },
  ],
  footings: [
    { rows: 'children', total: 'three-public' },
    { rows: 'children', total: 'projects' },
  ],
};
