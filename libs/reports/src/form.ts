import { rowIdIn } from './find-cell.js';
import type { Report, Row, Table } from './model.js';
import { headerLines, mergedSpans, type HeaderCell } from './render/layout.js';

/** A row as it is drawn: `id` names it in the whole report, as `findCell` takes it. */
export interface FormRow extends Omit<Row, 'alias'> {
  /** Rows that the label (first) and each cell stand for; 0 where the row above says it already. */
  readonly spans: readonly number[];
}

export interface FormTable extends Omit<Table, 'rows'> {
  /** Lines of column headings, merged; none where the table has no headings. */
  readonly headings: readonly (readonly HeaderCell[])[];
  readonly rows: readonly FormRow[];
  /** How the table lies on its page of A4; `dense`: set smaller, to keep to one page. */
  readonly page: PageSetting;
}

export interface PageSetting {
  readonly across: boolean;
  readonly dense: boolean;
}

/** A report as the paper form: all that is needed to draw it, merged cells included. */
export interface Form extends Omit<Report, 'tables' | 'title'> {
  readonly title: string;
  readonly tables: readonly FormTable[];
}

export function formOf(report: Report): Form {
  return {
    ...report,
    title: report.title[report.lang],
    tables: report.tables.map((table) => {
      const spans = mergedSpans(table);
      return {
        ...table,
        headings: headerLines(table),
        page: pageOf(table),
        rows: table.rows.map(({ id, label, level, kind, cells }, i) => ({
          id: rowIdIn(report, table, id),
          label,
          level,
          ...(kind && { kind }),
          cells,
          spans: spans[i]!,
        })),
      };
    }),
  };
}

/** Tables with more columns than the first number are printed across, unless they have more rows. */
const WIDEST_UPRIGHT = 7;
const LONGEST_ACROSS = 28;
/** Tables with more rows than this are set smaller, so that they keep to one page. */
const LONGEST_AT_EASE = 24;

/** How a table lies on A4. */
export const pageOf = ({ columns, rows }: Table): PageSetting => ({
  across: columns.length > WIDEST_UPRIGHT && rows.length <= LONGEST_ACROSS,
  dense: rows.length > LONGEST_AT_EASE,
});
