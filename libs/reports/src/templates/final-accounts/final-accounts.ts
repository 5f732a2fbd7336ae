import type { TableTemplate, Template } from '../../template.js';
import { TABLE_06, TABLE_09 } from './by-economic.js';
import { TABLE_02, TABLE_03, TABLE_05, TABLE_07, TABLE_08 } from './by-function.js';
import { TABLE_01 } from './totals.js';
import { TABLE_04 } from './treasury.js';

/** 部门决算公开表: the nine tables 公开01–09 in the order of publication. */
export const FINAL_ACCOUNTS: Template = {
  report: 'final-accounts',
  title: { zh: '{fiscalYear}年度部门决算公开表', en: 'Final accounts {fiscalYear}' },
  layout: 'tables',
  tables: [
    TABLE_01,
    TABLE_02,
    TABLE_03,
    TABLE_04,
    TABLE_05,
    TABLE_06,
    TABLE_07,
    TABLE_08,
    TABLE_09,
  ],
};

/** Each table is also a report of its own, e.g. final-accounts-05. */
export const FINAL_ACCOUNTS_TABLES: readonly Template[] = FINAL_ACCOUNTS.tables.map(
  (table): Template => ({
    report: `${FINAL_ACCOUNTS.report}-${table.id}`,
    title: titleOf(table),
    layout: 'tables',
    tables: [table],
  }),
);

function titleOf({ title }: TableTemplate): Template['title'] {
  const { zh, en } = typeof title === 'string' ? { zh: title, en: title } : title;
  return { zh: `{fiscalYear}年度${zh}`, en: `${en} {fiscalYear}` };
}
