import type { Template } from '../template.js';
import { SPENDING } from './annex-2-spending.js';
import { SIGNATURE } from './signature.js';

/** 附件2 部门（单位）整体支出绩效评价基础数据表, as the district of the worked case prints it. */
export const ANNEX_2: Template = {
  report: 'annex-2',
  title: {
    zh: '{fiscalYear}年度部门（单位）整体支出绩效评价基础数据表',
    en: 'Basic data for the evaluation of total expenditure {fiscalYear}',
  },
  layout: 'form',
  caption: { zh: '附件2', en: 'Annex 2' },
  tables: [
    {
      id: 'staff',
      title: { zh: '财政供养人员情况', en: 'Staff paid from the budget' },
      rowHeader: {
        label: { zh: '财政供养人员情况（人）', en: 'Staff paid from the budget' },
        spans: true,
        width: 1.6,
      },
      columns: [
        {
          id: 'authorised',
          label: { zh: '编制数', en: 'Authorised' },
          align: 'center',
          cell: { statistic: 'headcount.authorised', as: 'count' },
        },
        {
          id: 'actual',
          label: { zh: '{fiscalYear}年实际在职人数', en: 'In post {fiscalYear}' },
          align: 'center',
          cell: { statistic: 'headcount.actual', as: 'count' },
        },
        {
          id: 'rate',
          label: { zh: '控制率', en: 'Rate' },
          align: 'center',
          cell: { percentOf: ['actual', 'authorised'] },
        },
      ],
      rows: [{ id: 'staff', label: { zh: '财政供养人员', en: 'Staff' } }],
    },
    SPENDING,
    {
      id: 'buildings',
      title: { zh: '楼堂馆所控制情况', en: 'Official buildings' },
      rowHeader: {
        label: {
          zh: '楼堂馆所控制情况（{fiscalYear}年完工项目）',
          en: 'Official buildings (completed in {fiscalYear})',
        },
        spans: true,
        width: 3.2,
      },
      columns: [
        {
          id: 'approvedArea',
          label: { zh: '批复规模（㎡）', en: 'Approved size (㎡)' },
          align: 'center',
          cell: { statistic: 'buildings.approved-area', as: 'count', otherwise: '0' },
        },
        {
          id: 'actualArea',
          label: { zh: '实际规模（㎡）', en: 'Actual size (㎡)' },
          align: 'center',
          cell: { statistic: 'buildings.actual-area', as: 'count', otherwise: '0' },
        },
        {
          id: 'areaRate',
          label: { zh: '规模控制率', en: 'Size rate' },
          align: 'center',
          cell: { percentOf: ['actualArea', 'approvedArea'] },
        },
        {
          id: 'plannedInvestment',
          label: { zh: '预算投资（{amountUnit}）', en: 'Planned ({amountUnit})' },
          align: 'center',
          cell: { statistic: 'buildings.planned-investment', as: 'amount', otherwise: '0.00' },
        },
        {
          id: 'actualInvestment',
          label: { zh: '实际投资（{amountUnit}）', en: 'Actual ({amountUnit})' },
          align: 'center',
          cell: { statistic: 'buildings.actual-investment', as: 'amount', otherwise: '0.00' },
        },
        {
          id: 'investmentRate',
          label: { zh: '投资概算控制率', en: 'Investment rate' },
          align: 'center',
          cell: { percentOf: ['actualInvestment', 'plannedInvestment'] },
        },
      ],
      rows: [{ id: 'buildings', label: { zh: '楼堂馆所', en: 'Buildings' } }],
    },
    {
      id: 'thrift',
      title: { zh: '厉行节约保障措施', en: 'Measures of thrift' },
      rowHeader: { label: '', width: 1.6 },
      headless: true,
      columns: [
        {
          id: 'measures',
          label: { zh: '保障措施', en: 'Measures' },
          align: 'left',
          width: 3,
          cell: { statistic: 'thrift.measures', as: 'text' },
        },
      ],
      rows: [{ id: 'thrift', label: { zh: '厉行节约保障措施', en: 'Measures of thrift' } }],
    },
  ],
  notes: [
    {
      note: [
        {
          zh: '说明：“项目支出”需要填报基本支出以外的所有项目支出情况，“公用经费”填报基本支出中的一般商品和服务支出。',
          en: 'Project expenditure is all expenditure that is not basic; operating expenditure is goods and services within basic expenditure.',
        },
      ],
    },
  ],
  signature: SIGNATURE,
};
