import type { Template } from '../template.js';
import { measureColumn } from './columns.js';

/** 预算执行情况: each project from its initial budget to what is left. */
export const EXECUTION: Template = {
  report: 'execution',
  title: { zh: '{fiscalYear}年度预算执行情况表', en: 'Budget execution {fiscalYear}' },
  layout: 'tables',
  tables: [
    {
      id: 'execution',
      title: { zh: '预算执行情况表', en: 'Budget execution' },
      rowHeader: { label: { zh: '项目', en: 'Project' }, width: 2.6 },
      columns: [
        measureColumn('initialBudget', { zh: '年初预算', en: 'Initial budget' }),
        measureColumn('midYearAdjustment', { zh: '年中调整', en: 'Adjustment' }),
        measureColumn('directAllocation', { zh: '直拨', en: 'Direct allocation' }),
        measureColumn('carryoverIn', { zh: '年初结转', en: 'Carryover in' }),
        measureColumn('fullYearBudget', { zh: '全年预算数', en: 'Full-year budget' }),
        measureColumn('reserved', { zh: '已占用', en: 'Reserved' }),
        measureColumn('expenditure', { zh: '支出', en: 'Expenditure' }),
        measureColumn('executionRate', { zh: '执行率', en: 'Rate' }),
        measureColumn('carryoverOut', { zh: '结余', en: 'Remainder' }),
      ],
      rows: [
        {
          id: 'basic',
          label: { zh: '基本支出', en: 'Basic expenditure' },
          scope: { category: ['personnel', 'operating'] },
          rows: [{ repeat: { over: 'projects' } }],
        },
        {
          id: 'project',
          label: { zh: '项目支出', en: 'Project expenditure' },
          scope: { category: ['project'] },
          rows: [{ repeat: { over: 'projects' } }],
        },
      ],
      foot: [{ id: 'total', label: { zh: '合计', en: 'Total' }, kind: 'total' }],
      footings: [
        { rows: 'children', total: 'basic' },
        { rows: 'children', total: 'project' },
        { rows: 'top', total: 'total' },
        { columns: ['expenditure', 'carryoverOut'], total: 'fullYearBudget' },
      ],
      empty: {
        zh: '{unitName}{fiscalYear}年度尚无预算指标，故本表无数据。',
        en: '{unitName} has no budget for {fiscalYear} yet.',
      },
    },
  ],
};
