import { stringify } from 'csv-stringify/sync';
import type { Column, Report, Table } from '../model.js';

/**
 * RFC 4180 with a byte order mark, so that spreadsheets read it as UTF-8. Records are all of one length:
 * where a report has several tables they follow each other under their titles; notes come last.
 */
export function renderCsv(report: Report): string {
  const several = report.tables.length > 1;
  const records = [
    ...report.tables.flatMap((table, i) => [
      ...(several && i > 0 ? [[]] : []),
      ...(several ? [[table.title]] : []),
      ...tableRecords(report, table),
    ]),
    ...notesOf(report),
  ];
  const length = Math.max(...records.map((r) => r.length));
  return stringify(
    records.map((r) => [...r, ...Array<string>(length - r.length).fill('')].map(safe)),
    // a line feed alone is not the record delimiter, but must be quoted all the same
    { bom: true, record_delimiter: 'windows', quoted_match: /[\r\n]/ },
  );
}

function tableRecords({ lang }: Report, table: Table): readonly string[][] {
  const [code, item] = lang === 'zh' ? ['代码', '项目'] : ['Code', 'Item'];
  return [
    [code, table.rowHeader?.label || item, ...table.columns.map(labelOf)],
    ...table.rows.map((row) => [
      row.id,
      row.label,
      ...table.columns.map((c) => row.cells[c.id]?.shown ?? ''),
    ]),
  ];
}

const labelOf = ({ group = [], label }: Column): string =>
  [...group, label].filter((l) => l !== '').join('·');

function notesOf({ tables, notes }: Report): readonly string[][] {
  const all = [...tables.flatMap((t) => t.notes), ...notes];
  return all.length ? [[], ...all.map((note) => [note])] : [];
}

const NUMBER = /^-?\d+(\.\d+)?%?$/;
/** What makes a spreadsheet take a text for a formula: ASCII and full-width signs, tab, return. */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/;

/** A text that a spreadsheet would compute gets an apostrophe before it; a number stays a number. */
const safe = (text: string): string =>
  FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
