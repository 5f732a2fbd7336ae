import type { components } from '../../api/schema.js';
import type { FormTable } from './form.js';

type FormRow = components['schemas']['FormRowDto'];
type FormColumn = components['schemas']['FormColumnDto'];

/** Where a cell stands in a report, as the API names it, and the words beside it. */
export interface CellPlace {
  readonly row: string;
  readonly column: string;
  readonly label: string;
}
export type CellChoice = (place: CellPlace) => void;

export const cellKey = (row: string, column: string): string => `${row}\n${column}`;

interface Props {
  readonly table: FormTable;
  readonly choose?: CellChoice;
  readonly changed?: ReadonlyMap<string, string>;
}

/** One table of a form. The server has said which headings and cells are merged. */
export function PaperTable({ table, choose, changed }: Props) {
  const { rowHeader, columns, headings, rows, page, title } = table;
  const shares = [...(rowHeader ? [rowHeader] : []), ...columns].map((c) => c.width ?? 1);
  const all = shares.reduce((a, b) => a + b, 0);
  const head = headings.map((line, i) => (
    <tr key={i}>
      {line.map(({ label, column, colSpan, rowSpan }) => (
        <th
          key={column}
          scope={colSpan > 1 ? 'colgroup' : 'col'}
          colSpan={colSpan}
          // beside all rows rather than above their labels
          rowSpan={rowSpan + (column < 0 && rowHeader?.spans ? rows.length : 0)}
        >
          {label}
        </th>
      ))}
    </tr>
  ));
  const body = rows.map((row) => (
    <Row key={row.id} row={row} table={table} choose={choose} changed={changed} />
  ));
  return (
    <table aria-label={title} className={page.dense ? 'dense' : undefined}>
      <colgroup>
        {shares.map((share, i) => (
          <col key={i} style={{ width: `${((100 * share) / all).toFixed(2)}%` }} />
        ))}
      </colgroup>
      {/* a heading that reaches into the rows must be in one row group with them */}
      {rowHeader?.spans ? (
        <tbody>
          {head}
          {body}
        </tbody>
      ) : (
        <>
          {head.length > 0 && <thead>{head}</thead>}
          <tbody>{body}</tbody>
        </>
      )}
    </table>
  );
}

const levelClass = (level: number): string => (level > 0 ? `level${Math.min(level, 3)}` : '');

function Row({ row, table, choose, changed }: Props & { row: FormRow }) {
  const { rowHeader, columns } = table;
  const [labelSpan = 1, ...spans] = row.spans;
  return (
    <tr className={row.kind}>
      {rowHeader && !rowHeader.spans && labelSpan > 0 && (
        <th scope="row" rowSpan={labelSpan} className={levelClass(row.level)}>
          {row.label}
        </th>
      )}
      {columns.map((column, i) =>
        spans[i] === 0 ? null : (
          <Cell
            key={column.id}
            row={row}
            column={column}
            rowSpan={spans[i] ?? 1}
            choose={choose}
            before={changed?.get(cellKey(row.id, column.id))}
          />
        ),
      )}
    </tr>
  );
}

interface CellProps {
  readonly row: FormRow;
  readonly column: FormColumn;
  readonly rowSpan: number;
  readonly choose?: CellChoice;
  readonly before?: string;
}

function Cell({ row, column, rowSpan, choose, before }: CellProps) {
  const cell = row.cells[column.id];
  const shown = cell?.shown ?? '';
  const align = cell?.align ?? column.align;
  const marked = before === undefined ? '' : 'changed';
  const label = [row.label, column.label].filter((words) => words !== '').join(' · ');
  const tells = cell !== undefined && cell.events.length > 0 && shown !== '' && choose;
  return (
    <td
      rowSpan={rowSpan}
      className={`${align} ${levelClass(cell?.level ?? 0)} ${marked}`.trim()}
      title={before === undefined ? undefined : `← ${before}`}
      data-cell={`${row.id}/${column.id}`}
    >
      {tells ? (
        <button type="button" onClick={() => choose({ row: row.id, column: column.id, label })}>
          {shown}
        </button>
      ) : (
        shown
      )}
    </td>
  );
}
