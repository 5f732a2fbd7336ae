import type { ColumnTemplate, Template, Words } from '../template.js';
import { fieldColumn } from './columns.js';

const TOTAL: Words = { zh: '合计', en: 'Total' };
const ENTRY: Words = { zh: '序号及业务', en: 'Entry' };

const amountColumn = (field: string, label: Words): ColumnTemplate =>
  fieldColumn(field, label, { align: 'right' });

const DATE = fieldColumn('date', { zh: '日期', en: 'Date' }, { align: 'center' });
const DOCUMENT = fieldColumn('document', { zh: '文号', en: 'Document' }, { width: 1.6 });
const REASON = fieldColumn('reason', { zh: '事由', en: 'Reason' }, { width: 2 });
const PROJECT = fieldColumn('project', { zh: '项目', en: 'Project' }, { width: 1.6 });
const ORIGIN = fieldColumn('origin', { zh: '资金来源', en: 'Origin' });
const AMOUNT = amountColumn('amount', { zh: '金额', en: 'Amount' });

const NOTHING: Words = {
  zh: '{unitName}{fiscalYear}年度没有此类业务，故本表无数据。',
  en: '{unitName} has no such entries in {fiscalYear}.',
};

/** A register: its entries in the order of the log, summed below. */
const register = (
  report: string,
  title: { readonly zh: string; readonly en: string },
  over: 'register-lines' | 'register-entries',
  columns: readonly ColumnTemplate[],
  summed: readonly string[],
): Template => ({
  report,
  title: { zh: `{fiscalYear}年度${title.zh}`, en: `${title.en} {fiscalYear}` },
  layout: 'tables',
  tables: [
    {
      id: report,
      title,
      rowHeader: { label: ENTRY, width: 1.2 },
      columns,
      rows: [{ repeat: { over } }],
      foot: [
        {
          id: 'total',
          label: TOTAL,
          kind: 'total',
          bare: true,
          cells: Object.fromEntries(summed.map((id) => [id, { sum: 'rows' }])),
        },
      ],
      footings: [{ rows: 'top', total: 'total' }],
      empty: NOTHING,
    },
  ],
});

export const PAYMENTS = register(
  'payments',
  { zh: '支付登记簿', en: 'Register of payments' },
  'register-lines',
  [
    DATE,
    fieldColumn('party', { zh: '收款人', en: 'Payee' }, { width: 1.6 }),
    DOCUMENT,
    PROJECT,
    ORIGIN,
    fieldColumn('economic', { zh: '经济分类', en: 'Economic' }, { align: 'center' }),
    AMOUNT,
    fieldColumn(
      'procurement',
      { zh: '其中：政府采购', en: 'of which procurement' },
      { align: 'right', cell: { field: 'procurement', zero: 'blank' } },
    ),
  ],
  ['amount', 'procurement'],
);

export const ADJUSTMENTS = register(
  'adjustments',
  { zh: '预算调整登记簿', en: 'Register of adjustments' },
  'register-lines',
  [DATE, DOCUMENT, REASON, PROJECT, ORIGIN, AMOUNT],
  ['amount'],
);

export const DIRECT_ALLOCATIONS = register(
  'direct-allocations',
  { zh: '直拨资金登记簿', en: 'Register of direct allocations' },
  'register-entries',
  [
    DATE,
    fieldColumn('party', { zh: '接收单位', en: 'Recipient' }, { width: 1.4 }),
    DOCUMENT,
    PROJECT,
    AMOUNT,
    amountColumn('taken', { zh: '已确认', en: 'Acknowledged' }),
    amountColumn('open', { zh: '未确认', en: 'Open' }),
    amountColumn('age', { zh: '账龄（天）', en: 'Age (days)' }),
  ],
  ['amount', 'taken', 'open'],
);

export const RESERVATIONS = register(
  'reservations',
  { zh: '指标占用登记簿', en: 'Register of reservations' },
  'register-entries',
  [
    DATE,
    fieldColumn('party', { zh: '对方单位', en: 'Counterparty' }, { width: 1.4 }),
    DOCUMENT,
    REASON,
    PROJECT,
    AMOUNT,
    amountColumn('taken', { zh: '已使用或解除', en: 'Used or released' }),
    amountColumn('open', { zh: '占用余额', en: 'Open' }),
    amountColumn('age', { zh: '账龄（天）', en: 'Age (days)' }),
  ],
  ['amount', 'taken', 'open'],
);
