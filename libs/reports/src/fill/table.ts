import type { Cell, Column, Row, Table } from '../model.js';
import type { ColumnTemplate, Side, TableTemplate } from '../template.js';
import type { FillContext } from './context.js';
import { footingNotes } from './footing.js';
import { gridOf, type Grid } from './grid.js';
import { balanceNotes, emptyNote, sentences } from './notes.js';
import type { RowPlan } from './plan-rows.js';
import { cellOf, numberValue } from './value.js';

/** Fills one table of a template: its rows, their cells and the notes that they call for. */
export function fillTable(context: FillContext, template: TableTemplate): Table {
  const { words } = context;
  const { right } = template;
  const scope = template.scope ?? {};
  const left = gridOf(context, template, scope);
  const opposite = right && gridOf(context, right, scope);
  const columns = right ? [...template.columns, right.item, ...right.columns] : left.columns;
  return {
    id: template.id,
    title: words(template.title),
    ...(template.form && { form: words(template.form) }),
    ...(template.band && { band: words(template.band) }),
    ...(template.headless && { headless: template.headless }),
    ...(template.rowHeader && { rowHeader: headed(context, template.rowHeader) }),
    columns: columns.map((c) => column(context, c)),
    rows:
      right && opposite
        ? beside(context, left, opposite, right.item.id)
        : left.rows.map((row) => ({ ...headOf(row), cells: cellsOf(context, left, row) })),
    notes: [
      ...footings(context, left, template),
      ...(opposite ? footings(context, opposite, right) : []),
      ...balanceNotes(context, template.balances ?? [], left, opposite ?? left),
      ...sentences(context, template.notes ?? []),
      ...emptyNote(context, template.empty, opposite ? [left, opposite] : [left]),
    ],
  };
}

const footings = (context: FillContext, grid: Grid, side: Side): readonly string[] =>
  footingNotes(context, grid, side.footings ?? []);

const headed = <T extends { label: ColumnTemplate['label']; group?: ColumnTemplate['group'] }>(
  { words }: FillContext,
  { label, group, ...rest }: T,
) => ({ ...rest, label: words(label), ...(group && { group: group.map(words) }) });

function column(context: FillContext, template: ColumnTemplate): Column {
  const { id, align, merged, width } = template;
  return {
    id,
    ...headed(context, {
      label: template.label,
      ...(template.group && { group: template.group }),
    }),
    align: align ?? 'right',
    ...(merged && { merged }),
    ...(width !== undefined && { width }),
  };
}

const headOf = ({ id, label, level, kind }: RowPlan): Omit<Row, 'cells'> => ({
  id,
  label,
  level,
  ...(kind && { kind }),
});

function cellsOf(context: FillContext, grid: Grid, row: RowPlan): Record<string, Cell> {
  return Object.fromEntries(
    grid.columns.map((c) => [
      c.id,
      cellOf(grid.value(row, c.id), context.amountUnit, c.align ?? 'right'),
    ]),
  );
}

/** The rows of two halves beside each other, their foot rows level with each other. */
function beside(context: FillContext, left: Grid, right: Grid, item: string): readonly Row[] {
  const body = Math.max(left.footFrom, right.footFrom);
  const foot = Math.max(left.rows.length - left.footFrom, right.rows.length - right.footFrom);
  const rowAt = (grid: Grid, i: number): RowPlan | undefined =>
    i < body ? grid.rows.slice(0, grid.footFrom)[i] : grid.rows[grid.footFrom + i - body];
  return Array.from({ length: body + foot }, (_, i) => {
    const [l, r] = [rowAt(left, i), rowAt(right, i)];
    const { id, ...head } = headOf((l ?? r)!);
    return {
      id,
      ...(r && r.id !== id && { alias: r.id }),
      ...head,
      ...(!l && { label: '', level: 0 }),
      cells: {
        ...half(context, left, l, i + 1),
        [item]: itemOf(r),
        ...half(context, right, r, body + foot + i + 1),
      },
    };
  });
}

/** The label of a right half's row: a cell, as the row's own label is that of the left half. */
const itemOf = (row: RowPlan | undefined): Cell => ({
  exact: row?.label ?? '',
  shown: row?.label ?? '',
  events: [],
  ...(row?.kind === 'total' && { align: 'center' }),
  ...(row && row.level > 0 && { level: row.level }),
});

/** The cells of one half; a row that the half has not got is blank but for its line number. */
function half(context: FillContext, grid: Grid, row: RowPlan | undefined, line: number) {
  const blank: Cell = { exact: '', shown: '', events: [] };
  const cells = row
    ? cellsOf(context, grid, row)
    : Object.fromEntries(grid.columns.map((c) => [c.id, blank]));
  for (const { id, cell } of grid.columns)
    if (cell && 'lineNumber' in cell)
      cells[id] = cellOf(numberValue(String(line), []), context.amountUnit, 'right');
  return cells;
}
