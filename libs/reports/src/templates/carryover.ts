import type { Template, Words } from '../template.js';
import { fieldColumn, measureColumn } from './columns.js';

const AT_THE_CLOSE: Words = { zh: '年末处理', en: 'At the close' };

/** 结转结余: what came from earlier years, what became of it, and what is left of either year. */
export const CARRYOVER: Template = {
  report: 'carryover',
  title: { zh: '{fiscalYear}年度结转结余情况表', en: 'Carryover balances {fiscalYear}' },
  layout: 'tables',
  tables: [
    {
      id: 'carryover',
      title: { zh: '结转结余情况表', en: 'Carryover balances' },
      rowHeader: { label: { zh: '项目', en: 'Project' }, width: 2 },
      columns: [
        fieldColumn('fund', { zh: '资金性质', en: 'Fund' }, { width: 1.4 }),
        fieldColumn('origin', { zh: '资金来源', en: 'Origin' }),
        fieldColumn('sourceYear', { zh: '来源年度', en: 'Source year' }, { align: 'center' }),
        fieldColumn('document', { zh: '来源文号', en: 'Source document' }, { width: 1.8 }),
        measureColumn('carryoverIn', { zh: '年初结转', en: 'Carryover in' }),
        measureColumn('releasedCarryover', { zh: '已下达', en: 'Released' }),
        // what a line spent of the year's own money is no part of this report
        measureColumn(
          'expenditure',
          { zh: '结转支出', en: 'Spent of it' },
          { scope: { origin: ['carryover'] } },
        ),
        measureColumn('carryoverOut', { zh: '年末结转结余', en: 'Carryover at year end' }),
        measureColumn(
          'carriedForward',
          { zh: '结转', en: 'Carried forward' },
          { group: [AT_THE_CLOSE], when: 'closed' },
        ),
        measureColumn(
          'surplus',
          { zh: '结余', en: 'Surplus' },
          { group: [AT_THE_CLOSE], when: 'closed' },
        ),
        measureColumn(
          'recovered',
          { zh: '收回', en: 'Recovered' },
          { group: [AT_THE_CLOSE], when: 'closed' },
        ),
      ],
      rows: [
        {
          repeat: { over: 'lines' },
          keepIfNonZero: ['carryoverIn', 'releasedCarryover', 'expenditure', 'carryoverOut'],
          rows: [
            {
              repeat: { over: 'sources', atLeast: 2 },
              kind: 'text',
              bare: true,
              cells: {
                sourceYear: { field: 'sourceYear' },
                document: { field: 'document' },
                carryoverIn: { field: 'amount' },
              },
            },
          ],
        },
      ],
      foot: [{ id: 'total', label: { zh: '合计', en: 'Total' }, kind: 'total' }],
      footings: [
        { rows: 'top', total: 'total' },
        { columns: ['carriedForward', 'surplus', 'recovered'], total: 'carryoverOut' },
      ],
      empty: {
        zh: '{unitName}{fiscalYear}年度没有结转结余资金，故本表无数据。',
        en: '{unitName} has no carryover in {fiscalYear}.',
      },
    },
  ],
};
