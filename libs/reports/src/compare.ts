import { formatFen, subtractFen, toFen } from '#domain';
import { rowIdIn } from './find-cell.js';
import type { Cell, Report } from './model.js';

/** One cell that two fillings of a report show differently. */
export interface CellDifference {
  readonly row: string;
  readonly column: string;
  readonly rowLabel: string;
  readonly columnLabel: string;
  /** Undefined where the report has no such cell. */
  readonly before: Cell | undefined;
  readonly after: Cell | undefined;
  /** After less before, where both are amounts; yuan. */
  readonly difference?: string;
  /** Log indices of the events that are behind one of them and not the other, ascending. */
  readonly events: readonly number[];
}

interface Place {
  readonly row: string;
  readonly column: string;
  readonly rowLabel: string;
  readonly columnLabel: string;
  readonly cell: Cell;
}

/** The cells that differ between two fillings of one report, in its order; those that went come last. */
export function compareReports(before: Report, after: Report): readonly CellDifference[] {
  const [old, now] = [placesOf(before), placesOf(after)];
  const gone = [...old.values()].filter((place) => !now.has(keyOf(place)));
  return [...now.values(), ...gone].flatMap((place) => {
    const was = old.get(keyOf(place))?.cell;
    const is = now.get(keyOf(place))?.cell;
    if ((was?.exact ?? '') === (is?.exact ?? '')) return [];
    const { row, column, rowLabel, columnLabel } = place;
    const difference = differenceOf(was, is);
    return [
      {
        row,
        column,
        rowLabel,
        columnLabel,
        before: was,
        after: is,
        ...(difference !== undefined && { difference }),
        events: inOneOnly(was?.events ?? [], is?.events ?? []),
      },
    ];
  });
}

const keyOf = ({ row, column }: Place): string => `${row}\n${column}`;

function placesOf(report: Report): ReadonlyMap<string, Place> {
  const places = report.tables.flatMap((table) =>
    table.rows.flatMap((row) =>
      table.columns.flatMap((column): Place[] => {
        const cell = row.cells[column.id];
        if (!cell) return [];
        const [rowLabel, columnLabel] = [row.label, column.label];
        return [
          { row: rowIdIn(report, table, row.id), column: column.id, rowLabel, columnLabel, cell },
        ];
      }),
    ),
  );
  return new Map(places.map((place) => [keyOf(place), place]));
}

function differenceOf(before: Cell | undefined, after: Cell | undefined): string | undefined {
  if ([before, after].some((cell) => cell && cell.kind !== 'money')) return undefined;
  const [was, is] = [toFen(before?.exact ?? '0.00'), toFen(after?.exact ?? '0.00')];
  return formatFen(subtractFen(is, was));
}

function inOneOnly(a: readonly number[], b: readonly number[]): readonly number[] {
  const [inA, inB] = [new Set(a), new Set(b)];
  return [...a.filter((i) => !inB.has(i)), ...b.filter((i) => !inA.has(i))].sort((x, y) => x - y);
}
