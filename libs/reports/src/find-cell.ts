import { LedgerRefusal } from '#domain';
import type { Cell, Report, Table } from './model.js';
import { REPORTING } from './sentences.js';

/** A row as the whole report names it: 05/2082801 where it has several tables, else 2082801. */
export const rowIdIn = (report: Report, table: Table, row: string): string =>
  report.tables.length > 1 ? `${table.id}/${row}` : row;

/**
 * The cell that `explain REPORT ROW COLUMN` names. The table may be left out where only one has such a
 * row and column; a row of a two-sided table answers to the ids of both its halves. Throws LedgerRefusal
 * `unknown-cell`.
 */
export function findCell(report: Report, row: string, column: string): Cell {
  const hits = report.tables.flatMap((table) =>
    table.rows.flatMap(({ id, alias, cells }) => {
      const rank = [id, alias].findIndex(
        (name) => name !== undefined && [name, rowIdIn(report, table, name)].includes(row),
      );
      const cell = Object.hasOwn(cells, column) ? cells[column] : undefined;
      return cell && rank >= 0 ? [{ cell, rank, name: rowIdIn(report, table, id) }] : [];
    }),
  );
  const own = hits.filter((hit) => hit.rank === Math.min(...hits.map((h) => h.rank)));
  const [hit, second] = own;
  if (hit && !second) return hit.cell;
  throw LedgerRefusal.of(
    'unknown-cell',
    second
      ? REPORTING.severalTables({ row, tables: own.map((h) => h.name) })
      : REPORTING.noCell({ report: report.report, row, column, columns: columnsOf(report) }),
  );
}

const columnsOf = (report: Report): readonly string[] => [
  ...new Set(report.tables.flatMap((t) => t.columns.map((c) => c.id))),
];
