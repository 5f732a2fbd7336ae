import type { Column, RowHeader, Table } from '../model.js';

/** A cell of the column headings, which may stand over several columns or reach over several lines. */
export interface HeaderCell {
  readonly label: string;
  /** The first column below it; −1 for the row labels. */
  readonly column: number;
  readonly colSpan: number;
  readonly rowSpan: number;
}

/** The lines of column headings of a table, from the groups that its columns name. None if headless. */
export function headerLines(table: Table): readonly (readonly HeaderCell[])[] {
  if (table.headless) return [];
  const columns: { label: string; group?: readonly string[] }[] = [
    ...(table.rowHeader ? [table.rowHeader] : []),
    ...table.columns,
  ];
  const first = table.rowHeader ? -1 : 0;
  const paths = columns.map(({ group = [], label }) => [...group, label]);
  const depth = Math.max(...paths.map((p) => p.length));
  return Array.from({ length: depth }, (_, line) => {
    const cells: HeaderCell[] = [];
    for (let i = 0; i < paths.length;) {
      const path = paths[i]!;
      const isLeaf = line === path.length - 1;
      let colSpan = 1;
      if (line < path.length - 1) while (isUnder(paths[i + colSpan], path, line)) colSpan += 1;
      if (line < path.length)
        cells.push({
          label: path[line]!,
          column: first + i,
          colSpan,
          rowSpan: isLeaf ? depth - line : 1,
        });
      i += colSpan;
    }
    return cells;
  });
}

/** Whether a neighbour stands under the same group headings down to this line. */
const isUnder = (
  path: readonly string[] | undefined,
  of: readonly string[],
  line: number,
): boolean =>
  path !== undefined &&
  path.length > line + 1 &&
  of.slice(0, line + 1).every((label, i) => path[i] === label);

/**
 * For each row how many rows its label (first) and its cells stand for: 1 as a rule, more where a merged
 * column repeats itself below, 0 where the row above already said it.
 */
export function mergedSpans(table: Table): readonly (readonly number[])[] {
  const columns: (Pick<Column, 'merged'> | RowHeader | undefined)[] = [
    table.rowHeader,
    ...table.columns,
  ];
  const texts = table.rows.map((row) => [
    row.label,
    ...table.columns.map((c) => row.cells[c.id]?.shown ?? ''),
  ]);
  const spans = texts.map((row) => row.map(() => 1));
  for (let r = texts.length - 1; r > 0; r -= 1)
    for (const [c, column] of columns.entries()) {
      if (!column?.merged) break;
      if (texts[r]![c] !== texts[r - 1]![c] || texts[r]![c] === '') break;
      spans[r - 1]![c] = spans[r]![c]! + 1;
      spans[r]![c] = 0;
    }
  return spans;
}
