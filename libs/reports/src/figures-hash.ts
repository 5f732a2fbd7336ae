import { canonicalJson, sha256Hex } from '#event-store';
import { rowIdIn } from './find-cell.js';
import type { Report } from './model.js';

/**
 * What a publication pins down: SHA-256 (hex) over the RFC 8785 text of every cell's row, column and exact
 * value, in the order of the report. How the report is printed is no part of it.
 */
export function figuresHashOf(report: Report): string {
  const cells = report.tables.flatMap((table) =>
    table.rows.flatMap((row) =>
      table.columns.flatMap(({ id }) => {
        const cell = row.cells[id];
        return cell ? [[rowIdIn(report, table, row.id), id, cell.exact]] : [];
      }),
    ),
  );
  const { report: name, unit, fiscalYear } = report;
  return sha256Hex(canonicalJson({ report: name, unit, fiscalYear, cells }));
}
