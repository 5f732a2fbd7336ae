import { Sentence } from '#domain';

/** What is said of reports that cannot be made. */
export const REPORTING = Sentence.catalogue({
  noReport: {
    en: 'there is no report {name}; there are {known:list}',
    zh: '没有报表 {name}；可用的有 {known:list}',
  },
  severalTables: {
    en: 'row {row} stands in several tables: {tables:list}',
    zh: '行 {row} 出现在多张表中：{tables:list}',
  },
  noCell: {
    en: 'report {report} has no cell {row} {column}; its columns are {columns:list}',
    zh: '报表 {report} 没有单元格 {row} {column}；该表的列有 {columns:list}',
  },
});

/** What is said of a book before its year is closed. */
export const CHECKS = Sentence.catalogue({
  wouldClose: { en: 'the ledger would take the close', zh: '可以结账' },
  refused: { en: '{code}: {why:said}', zh: '（{code}）{why:said}' },
  nothingReserved: { en: 'nothing is reserved', zh: '没有占用' },
  reserved: {
    en: 'reserved still, and part of the remainder at the close: {lines:entries}',
    zh: '尚有占用，结账时计入余额：{lines:entries}',
  },
  reservedOn: {
    en: '{project}/{origin:origin} {amount:yuan}',
    zh: '{project} / {origin:origin} {amount:yuan} 元',
  },
  allAcknowledged: {
    en: 'every direct allocation is acknowledged in full',
    zh: '全部直拨均已签收',
  },
  notAcknowledged: {
    en: 'not acknowledged in full: {allocations:entries}',
    zh: '尚未全额签收：{allocations:entries}',
  },
  allocation: {
    en: '{party} {amount:yuan} ({document})',
    zh: '{party} {amount:yuan} 元（{document}）',
  },
  addsUp: {
    en: 'the exact amounts of every report add up',
    zh: '各报表的精确金额均可加总',
  },
  faults: { en: '{notes}', zh: '{notes}' },
});
