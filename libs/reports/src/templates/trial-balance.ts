import type { ColumnTemplate, Template, Words } from '../template.js';

const TURNOVER: Words = { zh: '发生额', en: 'Turnover' };
const BALANCE: Words = { zh: '余额', en: 'Balance' };

const amount = (field: string, label: Words, group: Words): ColumnTemplate => ({
  id: field,
  label,
  group: [group],
  cell: { field, zero: 'blank' },
});

/** 试算平衡表: turnover and balance of every account; both sides must be equal. */
export const TRIAL_BALANCE: Template = {
  report: 'trial-balance',
  title: { zh: '{fiscalYear}年度指标账试算平衡表', en: 'Trial balance {fiscalYear}' },
  layout: 'tables',
  tables: [
    {
      id: 'trial-balance',
      title: { zh: '试算平衡表', en: 'Trial balance' },
      rowHeader: { label: { zh: '科目', en: 'Account' }, width: 2 },
      columns: [
        amount('debit', { zh: '借方', en: 'Debit' }, TURNOVER),
        amount('credit', { zh: '贷方', en: 'Credit' }, TURNOVER),
        amount('debitBalance', { zh: '借方', en: 'Debit' }, BALANCE),
        amount('creditBalance', { zh: '贷方', en: 'Credit' }, BALANCE),
      ],
      rows: [{ repeat: { over: 'accounts' } }],
      foot: [
        {
          id: 'total',
          label: { zh: '合计', en: 'Total' },
          kind: 'total',
          cells: {
            debit: { sum: 'rows' },
            credit: { sum: 'rows' },
            debitBalance: { sum: 'rows' },
            creditBalance: { sum: 'rows' },
          },
        },
      ],
      footings: [{ rows: 'top', total: 'total' }],
      balances: [
        {
          label: { zh: '借方发生额合计与贷方发生额合计', en: 'Debit and credit turnover' },
          left: { row: 'total', column: 'debit' },
          right: { row: 'total', column: 'credit' },
        },
        {
          label: { zh: '借方余额合计与贷方余额合计', en: 'Debit and credit balances' },
          left: { row: 'total', column: 'debitBalance' },
          right: { row: 'total', column: 'creditBalance' },
        },
      ],
      empty: {
        zh: '{unitName}{fiscalYear}年度指标账没有发生额，故本表无数据。',
        en: 'Nothing was posted to the book of {unitName} for {fiscalYear}.',
      },
    },
  ],
};
