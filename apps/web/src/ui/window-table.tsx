import { useEffect, useRef, useState, type ReactNode } from 'react';

export interface WindowColumn<Row> {
  readonly id: string;
  readonly label: string;
  readonly width: number;
  readonly numeric?: boolean;
  readonly cell: (row: Row) => ReactNode;
}

interface Props<Row> {
  readonly label: string;
  readonly columns: readonly WindowColumn<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string | number;
  /** How tall the list is on the screen, in pixels. */
  readonly heightPx: number;
  /** Asked for more as the end comes near. */
  readonly more?: () => void;
}

const ROW_PX = 30;
const BEYOND_ROWS = 12;

/**
 * A table that draws only the rows in sight, so that 20 000 scroll as lightly as twenty. It stays a real table, for
 * screen readers and for print, with two empty rows standing for what is above and below; rows are one line high.
 */
export function WindowTable<Row>(props: Props<Row>) {
  const { label, columns, rows, keyOf, heightPx, more } = props;
  const box = useRef<HTMLDivElement>(null);
  const [first, setFirst] = useState(0);
  const shown = Math.ceil(heightPx / ROW_PX) + 2 * BEYOND_ROWS;
  const from = Math.max(0, Math.min(first - BEYOND_ROWS, rows.length - shown));
  const inSight = rows.slice(from, from + shown);
  const nearEnd = from + shown >= rows.length;
  useEffect(() => {
    if (nearEnd) more?.();
  }, [nearEnd, more]);

  return (
    <div
      ref={box}
      className="window"
      role="region"
      aria-label={label}
      tabIndex={0}
      style={{ maxHeight: heightPx }}
      onScroll={() => setFirst(Math.floor((box.current?.scrollTop ?? 0) / ROW_PX))}
    >
      <table className="figures" aria-rowcount={rows.length + 1}>
        <colgroup>
          {columns.map(({ id, width }) => (
            <col key={id} style={{ width }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map(({ id, label, numeric }) => (
              <th key={id} scope="col" className={numeric ? 'numeric' : undefined}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Gap rows={from} columns={columns.length} />
          {inSight.map((row, i) => (
            <tr key={keyOf(row)} aria-rowindex={from + i + 2}>
              {columns.map(({ id, numeric, cell }) => (
                <td key={id} className={numeric ? 'numeric' : undefined}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
          <Gap rows={rows.length - from - inSight.length} columns={columns.length} />
        </tbody>
      </table>
    </div>
  );
}

function Gap({ rows, columns }: { rows: number; columns: number }) {
  if (rows <= 0) return null;
  return (
    <tr className="gap" aria-hidden="true">
      <td colSpan={columns} style={{ height: rows * ROW_PX }} />
    </tr>
  );
}
