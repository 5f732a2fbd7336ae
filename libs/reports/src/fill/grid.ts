import { narrow, type Scope } from '#projections';
import type { CellRef, CellSpec, ColumnTemplate, Side } from '../template.js';
import type { FillContext } from './context.js';
import { factOf } from './facts.js';
import { planRows, withUniqueIds, type RowPlan } from './plan-rows.js';
import {
  amountValue,
  BLANK,
  differenceOf,
  isZero,
  numberValue,
  percentOf,
  sumOf,
  textValue,
  valueOfFigure,
  type Value,
} from './value.js';

/** The rows and columns of one half of a table, with every cell's value. */
export interface Grid {
  readonly columns: readonly ColumnTemplate[];
  readonly rows: readonly RowPlan[];
  readonly footFrom: number;
  /** Blank where the template says nothing, as on paper. */
  value(row: RowPlan, column: string): Value;
  at(ref: CellRef, row?: RowPlan): Value;
}

/** Computes one half of a table. Cells are computed when asked for and once: they may name each other. */
export function gridOf(context: FillContext, side: Side, within: Scope): Grid {
  const columns = side.columns.filter(
    (c) => c.when === undefined || c.when === context.figures.status,
  );
  const byId = new Map(columns.map((c) => [c.id, c]));
  const known = new Map<RowPlan, Map<string, Value | 'computing'>>();

  const compute = (row: RowPlan, column: ColumnTemplate): Value => {
    const spec = row.cells[column.id] ?? (row.bare ? undefined : column.cell);
    if (!spec) return BLANK;
    if ('plus' in spec) return sumOf(spec.plus.map((ref) => at(ref, row)));
    if ('minus' in spec) return differenceOf(spec.minus.map((ref) => at(ref, row)));
    if ('percentOf' in spec)
      return percentOf(at(spec.percentOf[0], row), at(spec.percentOf[1], row));
    if ('sum' in spec)
      return sumOf(
        rows
          .filter((r) => r !== row && r.level === 0 && r.kind !== 'total')
          .map((r) => value(r, column.id)),
      );
    return simpleValue(context, spec, narrow(row.scope, column.scope ?? {}), row);
  };

  const value = (row: RowPlan, id: string): Value => {
    const column = byId.get(id);
    if (!column) return BLANK;
    const cells = known.get(row) ?? new Map<string, Value | 'computing'>();
    known.set(row, cells);
    const before = cells.get(id);
    if (before === 'computing') throw new TypeError(`cell ${row.id}/${id} depends on itself`);
    if (before) return before;
    cells.set(id, 'computing');
    const computed = compute(row, column);
    cells.set(id, computed);
    return computed;
  };

  const at = (ref: CellRef, row?: RowPlan): Value => {
    const [named, column] =
      typeof ref === 'string' ? [row, ref] : [rows.find((r) => r.id === ref.row), ref.column];
    return named ? value(named, column) : BLANK;
  };

  const hasAmount = (row: RowPlan, ids: readonly string[]): boolean =>
    ids.some((id) => !isZero(value(row, id)));
  let rows: readonly RowPlan[] = [];
  const body = planRows(context, side.rows, within, hasAmount);
  rows = withUniqueIds([...body, ...planRows(context, side.foot ?? [], within, hasAmount)]);
  return { columns, rows, footFrom: body.length, value, at };
}

/** A cell that does not depend on others: a figure, a recorded fact or words. */
export function simpleValue(
  context: FillContext,
  spec: CellSpec,
  scope: Scope,
  row?: RowPlan,
): Value {
  const { figures } = context;
  if ('text' in spec) return textValue(context.words(spec.text));
  if ('fact' in spec) return factOf(spec.fact, figures);
  if ('statistic' in spec) return statistic(context, spec);
  if ('field' in spec) return withZero(spec, row?.fields?.[spec.field] ?? BLANK);
  if ('measure' in spec) {
    const figure = figures.measure(spec.measure, narrow(scope, spec.scope ?? {}));
    return withZero(spec, valueOfFigure(figure));
  }
  return BLANK;
}

const withZero = (spec: { zero?: 'blank' }, value: Value): Value =>
  spec.zero === 'blank' && isZero(value) ? { ...value, hidden: true } : value;

function statistic(
  { figures }: FillContext,
  { statistic: key, as, otherwise }: Extract<CellSpec, { statistic: string }>,
): Value {
  const recorded = figures.statistic(key);
  const text = recorded?.[as] ?? otherwise;
  if (text === undefined) return BLANK;
  const events = recorded ? [recorded.index] : [];
  if (as === 'amount') return amountValue(text, events);
  return as === 'count' ? numberValue(text, events) : textValue(text, events);
}
