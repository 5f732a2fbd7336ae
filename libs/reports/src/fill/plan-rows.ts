import { narrow, type Scope } from '#projections';
import type { RowKind } from '../model.js';
import type { CellSpec, RepeatedRow, RowTemplate } from '../template.js';
import type { FillContext } from './context.js';
import type { Item } from './items/item.js';
import { itemsOf } from './items/items-of.js';
import type { Value } from './value.js';

/** A row of the filled table before its cells are computed. */
export interface RowPlan {
  readonly id: string;
  readonly label: string;
  readonly level: number;
  readonly kind?: RowKind;
  readonly scope: Scope;
  readonly bare?: true;
  readonly cells: Readonly<Record<string, CellSpec>>;
  /** What a repeated row's item brings; none where the template itself names the row. */
  readonly fields?: Readonly<Record<string, Value>>;
}

/** Whether a planned row has an amount in one of the columns: what `keepIfNonZero` asks. */
export type HasAmount = (row: RowPlan, columns: readonly string[]) => boolean;

/** The rows that a template's rows stand for, repeated ones written out, in order. */
export function planRows(
  context: FillContext,
  templates: readonly RowTemplate[],
  within: Scope,
  hasAmount: HasAmount,
  level = 0,
): readonly RowPlan[] {
  return templates.flatMap((template) => {
    const rows =
      'repeat' in template
        ? repeated(context, template, within, level)
        : [fixed(context, template, within, level)];
    const kept = 'repeat' in template ? template.keepIfNonZero : undefined;
    return rows
      .filter((row) => !kept || hasAmount(row, kept))
      .flatMap((row) => [
        row,
        ...planRows(context, template.rows ?? [], row.scope, hasAmount, row.level + 1),
      ]);
  });
}

function fixed(
  context: FillContext,
  template: Exclude<RowTemplate, RepeatedRow>,
  within: Scope,
  level: number,
): RowPlan {
  return {
    id: template.id,
    label: context.words(template.label),
    level: template.level ?? level,
    ...(template.kind && { kind: template.kind }),
    ...(template.bare && { bare: template.bare }),
    scope: narrow(within, template.scope ?? {}),
    cells: template.cells ?? {},
  };
}

function repeated(
  context: FillContext,
  template: RepeatedRow,
  within: Scope,
  level: number,
): readonly RowPlan[] {
  const scope = narrow(within, template.scope ?? {});
  return itemsOf(context, template.repeat, scope).map((item: Item) => ({
    id: item.key,
    label: item.label,
    level: (template.level ?? level) + (item.level ?? 0),
    ...(template.kind && { kind: template.kind }),
    ...(template.bare && { bare: template.bare }),
    scope: narrow(scope, item.scope ?? {}),
    cells: template.cells ?? {},
    fields: item.fields ?? {},
  }));
}

/**
 * Rows with ids of their own: those that the template names keep them, and an item of the same name, e.g.
 * a project with the code `total`, is told apart by a mark that no code has.
 */
export function withUniqueIds(rows: readonly RowPlan[]): readonly RowPlan[] {
  const taken = new Set(rows.filter((row) => !row.fields).map((row) => row.id));
  return rows.map((row) => {
    if (!row.fields) return row;
    let id = row.id;
    while (taken.has(id)) id += '~';
    taken.add(id);
    return id === row.id ? row : { ...row, id };
  });
}
