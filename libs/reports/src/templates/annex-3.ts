import type { Template, Words } from '../template.js';
import { fieldColumn, measureColumn } from './columns.js';
import { SIGNATURE } from './signature.js';

const APPLICATION: Words = { zh: '年度预算申请（{amountUnit}）', en: 'Budget ({amountUnit})' };

/** 附件3 部门（单位）整体支出绩效自评表, as the district of the worked case prints it. */
export const ANNEX_3: Template = {
  report: 'annex-3',
  title: {
    zh: '{fiscalYear}年度部门（单位）整体支出绩效自评表',
    en: 'Self-evaluation of total expenditure {fiscalYear}',
  },
  layout: 'form',
  caption: { zh: '附件3', en: 'Annex 3' },
  tables: [
    {
      id: 'unit',
      title: { zh: '部门（单位）', en: 'Unit' },
      rowHeader: { label: '', width: 1.4 },
      headless: true,
      columns: [
        {
          id: 'name',
          label: { zh: '名称', en: 'Name' },
          align: 'center',
          width: 3,
          cell: { fact: 'unitName' },
        },
      ],
      rows: [{ id: 'unit', label: { zh: '区级预算部门（单位）名称', en: 'Budget unit' } }],
    },
    {
      id: 'budget',
      title: { zh: '年度资金总额', en: 'Total of the year' },
      band: APPLICATION,
      rowHeader: { label: '', width: 1.5 },
      columns: [
        measureColumn('initialBudget', { zh: '年初预算数', en: 'Initial budget' }),
        measureColumn('fullYearBudget', { zh: '全年预算数', en: 'Full-year budget' }),
        measureColumn('expenditure', { zh: '全年执行数', en: 'Executed' }),
        {
          id: 'weight',
          label: { zh: '分值', en: 'Weight' },
          width: 0.7,
          cell: { fact: 'executionWeight' },
        },
        measureColumn('executionRate', { zh: '执行率', en: 'Rate' }),
        {
          id: 'score',
          label: { zh: '得分', en: 'Score' },
          width: 0.7,
          cell: { fact: 'executionScore' },
        },
      ],
      rows: [{ id: 'total', label: { zh: '年度资金总额', en: 'Total of the year' } }],
    },
    {
      id: 'nature',
      title: { zh: '按收入性质和支出性质分', en: 'By kind of income and of expenditure' },
      band: APPLICATION,
      rowHeader: { label: { zh: '按收入性质分：', en: 'By kind of income' }, width: 2 },
      columns: [{ id: 'income', label: '{amountUnit}', cell: { measure: 'fullYearBudget' } }],
      rows: [
        {
          id: 'general-public-budget',
          label: { zh: '其中：一般公共预算', en: 'of which general public budget' },
          scope: { fund: ['general-public-budget'] },
        },
        {
          id: 'government-fund',
          label: { zh: '政府性基金拨款', en: 'government funds' },
          scope: { fund: ['government-fund'] },
        },
        {
          id: 'fiscal-special-account',
          label: { zh: '纳入专户管理的非税收入拨款', en: 'fiscal special account' },
          scope: { fund: ['fiscal-special-account'] },
        },
        {
          id: 'other-funds',
          // the form has four kinds only: what is none of the first three stands here
          label: { zh: '其他资金', en: 'other funds' },
          scope: { fund: ['other-funds', 'state-capital', 'social-insurance'] },
        },
      ],
      right: {
        item: {
          id: 'expenditureItem',
          label: { zh: '按支出性质分：', en: 'By kind of expenditure' },
          align: 'left',
          width: 1.5,
        },
        columns: [
          { id: 'expenditure', label: '{amountUnit}', cell: { measure: 'fullYearBudget' } },
        ],
        rows: [
          {
            id: 'basic',
            label: { zh: '其中：基本支出', en: 'of which basic' },
            scope: { category: ['personnel', 'operating'] },
          },
          {
            id: 'project',
            label: { zh: '项目支出', en: 'project' },
            scope: { category: ['project'] },
          },
        ],
      },
    },
    {
      id: 'goal',
      title: { zh: '年度总体目标', en: 'Goal of the year' },
      band: { zh: '年度总体目标', en: 'Goal of the year' },
      columns: [
        {
          id: 'goal',
          label: { zh: '预期目标', en: 'Intended' },
          align: 'left',
          cell: { fact: 'goal' },
        },
        {
          id: 'outcome',
          label: { zh: '实际完成情况', en: 'Achieved' },
          align: 'left',
          cell: { fact: 'outcome' },
        },
      ],
      rows: [{ id: 'goal', label: { zh: '年度总体目标', en: 'Goal of the year' }, kind: 'text' }],
    },
    {
      id: 'indicators',
      title: { zh: '绩效指标', en: 'Performance indicators' },
      band: { zh: '绩效指标', en: 'Indicators' },
      rowHeader: { label: { zh: '一级指标', en: 'Level 1' }, merged: true, width: 1.15 },
      columns: [
        fieldColumn('level2', { zh: '二级指标', en: 'Level 2' }, { merged: true, width: 1.35 }),
        fieldColumn('level3', { zh: '三级指标', en: 'Level 3' }, { width: 1.9 }),
        fieldColumn('target', { zh: '年度指标值', en: 'Target' }, { width: 1.6 }),
        fieldColumn('actual', { zh: '实际完成值', en: 'Achieved' }, { width: 1.5 }),
        fieldColumn('weight', { zh: '分值', en: 'Weight' }, { align: 'right', width: 0.6 }),
        fieldColumn('score', { zh: '得分', en: 'Score' }, { align: 'right', width: 0.6 }),
        fieldColumn(
          'reason',
          { zh: '偏差原因分析及改进措施', en: 'Reasons and measures' },
          { width: 1.5 },
        ),
      ],
      rows: [{ repeat: { over: 'indicators' } }],
      foot: [
        {
          id: 'total',
          label: { zh: '总分', en: 'Total' },
          kind: 'total',
          bare: true,
          cells: { weight: { fact: 'totalWeight' }, score: { measure: 'totalScore' } },
        },
      ],
    },
  ],
  notes: [
    {
      note: [
        { zh: '执行率得分：评定 ', en: 'Score of execution: given ' },
        { fact: 'executionScore' },
        { zh: ' 分，按执行率线性计算 ', en: ', linear by rate ' },
        { fact: 'executionWeight' },
        ' × ',
        { measure: 'executionRate' },
        ' = ',
        { measure: 'executionScoreComputed' },
        { zh: ' 分。', en: '.' },
      ],
      unlessEqual: [{ fact: 'executionScore' }, { measure: 'executionScoreComputed' }],
    },
    { note: [{ zh: '评分说明：', en: 'On the score: ' }, { fact: 'executionReason' }] },
  ],
  signature: SIGNATURE,
};
