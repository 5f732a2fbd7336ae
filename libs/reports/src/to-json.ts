import { rowIdIn } from './find-cell.js';
import type { Cell, Report, Row, Table } from './model.js';

interface JsonColumn {
  readonly id: string;
  readonly label: string;
}
interface JsonRow {
  /** In a report of several tables: which one. */
  readonly table?: string;
  /** Unique in the report. */
  readonly id: string;
  readonly label: string;
  readonly level: number;
  readonly cells: Readonly<Record<string, Pick<Cell, 'exact' | 'shown' | 'events'>>>;
}
interface JsonTable {
  readonly id: string;
  readonly title: string;
  readonly columns: readonly JsonColumn[];
  readonly rows: readonly JsonRow[];
  readonly notes: readonly string[];
}
export interface JsonReport {
  readonly report: string;
  readonly title: string;
  readonly unit: string;
  readonly unitName: string;
  readonly fiscalYear: number;
  readonly logSize: number;
  readonly asOf: Report['asOf'];
  readonly amountUnit: string;
  readonly columns: readonly JsonColumn[];
  readonly rows: readonly JsonRow[];
  readonly notes: readonly string[];
  readonly tables?: readonly JsonTable[];
}

/** The report as docs/manual.md promises it; the fields beyond the promise only add to it. */
export function toJson(report: Report): JsonReport {
  const tables = report.tables.map((table) => jsonTable(report, table));
  return {
    report: report.report,
    title: report.title[report.lang],
    unit: report.unit,
    unitName: report.unitName,
    fiscalYear: report.fiscalYear,
    logSize: report.logSize,
    asOf: report.asOf,
    amountUnit: report.amountUnit,
    columns: [
      ...new Map(
        tables
          .flatMap((t) => t.columns)
          .reverse()
          .map((c) => [c.id, c]),
      ).values(),
    ].reverse(),
    rows: tables.flatMap((t) => t.rows),
    notes: [...tables.flatMap((t) => t.notes), ...report.notes],
    ...(tables.length > 1 && { tables }),
  };
}

const jsonTable = (report: Report, table: Table): JsonTable => ({
  id: table.id,
  title: table.title,
  columns: table.columns.map(({ id, label, group = [] }) => ({
    id,
    label: [...group, label].filter((l) => l !== '').join('·'),
  })),
  rows: table.rows.map((row) => jsonRow(report, table, row)),
  notes: table.notes,
});

const jsonRow = (report: Report, table: Table, row: Row): JsonRow => ({
  ...(report.tables.length > 1 && { table: table.id }),
  id: rowIdIn(report, table, row.id),
  label: row.label,
  level: row.level,
  cells: Object.fromEntries(
    Object.entries(row.cells).map(([id, { exact, shown, events }]) => [
      id,
      { exact, shown, events },
    ]),
  ),
});
