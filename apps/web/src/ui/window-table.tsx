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
  readonly count: number;
  /** Undefined for a row that is still on its way. */
  readonly rowAt: (at: number) => Row | undefined;
  readonly keyOf: (row: Row) => string | number;
  /** How tall the list is on the screen, in pixels. */
  readonly heightPx: number;
  /** Told which rows are drawn, up to `to` and without it. */
  readonly drawn?: (from: number, to: number) => void;
  /** A row to be brought into sight, each time that another object is given. */
  readonly goTo?: { readonly row: number };
}

const ROW_PX = 30;
const BEYOND_ROWS = 12;

/**
 * A table that draws only the rows in sight, so that 20 000 scroll as lightly as twenty. It stays a real table, for
 * screen readers and for print, with two empty rows standing for what is above and below; rows are one line high.
 */
export function WindowTable<Row>(props: Props<Row>) {
  const { label, columns, count, rowAt, keyOf, heightPx, drawn, goTo } = props;
  const box = useRef<HTMLDivElement>(null);
  const [first, setFirst] = useState(0);
  const shown = Math.ceil(heightPx / ROW_PX) + 2 * BEYOND_ROWS;
  const from = Math.max(0, Math.min(first - BEYOND_ROWS, count - shown));
  const to = Math.min(count, from + shown);
  useEffect(() => drawn?.(from, to), [from, to, drawn]);
  useEffect(() => {
    if (goTo) box.current?.scrollTo({ top: goTo.row * ROW_PX });
  }, [goTo]);
  const inSight = Array.from({ length: to - from }, (_, i) => rowAt(from + i));

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
      <table className="figures" aria-rowcount={count + 1}>
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
            <tr
              key={row === undefined ? `at ${from + i}` : keyOf(row)}
              aria-rowindex={from + i + 2}
              aria-busy={row === undefined || undefined}
            >
              {columns.map(({ id, numeric, cell }) => (
                <td key={id} className={numeric ? 'numeric' : undefined}>
                  {row === undefined ? '…' : cell(row)}
                </td>
              ))}
            </tr>
          ))}
          <Gap rows={count - to} columns={columns.length} />
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
