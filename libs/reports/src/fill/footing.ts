import {
  absFen,
  addFen,
  fen,
  formatFen,
  roundToHundredYuan,
  subtractFen,
  sumFen,
  ZERO_FEN,
  type Fen,
} from '#domain';
import type { Lang } from '../model.js';
import type { Footing } from '../template.js';
import type { FillContext } from './context.js';
import type { Grid } from './grid.js';
import type { RowPlan } from './plan-rows.js';
import { showMoney } from './value.js';

interface Part {
  readonly label: string;
  readonly fen: Fen;
}

/** Parts that a table prints together with their total. */
interface Sum {
  readonly of: string;
  readonly parts: readonly Part[];
  readonly total: Fen;
}

/** So many parts are named in a note; of more only their sum. */
const NAMED_PARTS = 8;

/**
 * Notes on parts whose printed sum is not the printed total (尾差). A total is always rounded from its
 * exact value, so a difference is shown, never hidden in one of the parts. Where the exact values differ
 * too it is no rounding, and the note says that instead.
 */
export function footingNotes(
  context: FillContext,
  grid: Grid,
  footings: readonly Footing[],
): readonly string[] {
  const notes = footings
    .flatMap((footing) => sumsOf(context, grid, footing))
    .map((sum) => noteOn(context, sum))
    .filter((note) => note !== undefined);
  return [...new Set(notes)];
}

function sumsOf(context: FillContext, grid: Grid, footing: Footing): readonly Sum[] {
  if (!('rows' in footing)) return across(context, grid, footing);
  if (footing.rows === 'tree')
    return grid.rows.flatMap((row) => down(context, grid, row, childrenOf(grid, row)));
  const total = grid.rows.find((row) => row.id === footing.total);
  if (!total) return [];
  return down(context, grid, total, partsOf(grid, total, footing.rows), footing.columns);
}

function partsOf(
  grid: Grid,
  total: RowPlan,
  rows: 'children' | 'top' | readonly string[],
): readonly RowPlan[] {
  if (rows === 'children') return childrenOf(grid, total);
  return rows === 'top'
    ? grid.rows.slice(0, grid.footFrom).filter((row) => row !== total && row.level === 0)
    : grid.rows.filter((row) => rows.includes(row.id));
}

/** Sums along each row. */
const across = (
  context: FillContext,
  grid: Grid,
  { columns, total }: { readonly columns: readonly string[]; readonly total: string },
): readonly Sum[] =>
  grid.rows.flatMap((row) => {
    const amount = amountAt(grid, row, total);
    if (amount === undefined) return [];
    const parts = columns.flatMap((id) => part(grid, row, id, labelOf(context, grid, id)));
    return [{ of: row.label, parts, total: amount }];
  });

/** Sums down each column of amounts. */
const down = (
  context: FillContext,
  grid: Grid,
  total: RowPlan,
  rows: readonly RowPlan[],
  columns: readonly string[] = grid.columns.map((c) => c.id),
): readonly Sum[] =>
  columns.flatMap((id) => {
    const amount = amountAt(grid, total, id);
    if (amount === undefined) return [];
    const parts = rows.flatMap((row) => part(grid, row, id, row.label));
    return [{ of: labelOf(context, grid, id), parts, total: amount }];
  });

function childrenOf(grid: Grid, row: RowPlan): readonly RowPlan[] {
  const below = grid.rows.slice(grid.rows.indexOf(row) + 1);
  const end = below.findIndex((r) => r.level <= row.level);
  return below.slice(0, end < 0 ? undefined : end).filter((r) => r.level === row.level + 1);
}

function amountAt(grid: Grid, row: RowPlan, column: string): Fen | undefined {
  const value = grid.value(row, column);
  return value.kind === 'money' ? value.fen : undefined;
}

function part(grid: Grid, row: RowPlan, column: string, label: string): readonly Part[] {
  const amount = amountAt(grid, row, column);
  return amount === undefined ? [] : [{ label, fen: amount }];
}

function labelOf({ words }: FillContext, grid: Grid, id: string): string {
  const column = grid.columns.find((c) => c.id === id);
  return column ? [...(column.group ?? []), column.label].map(words).join('·') : id;
}

function noteOn({ amountUnit, lang }: FillContext, { of, parts, total }: Sum): string | undefined {
  if (parts.length === 0) return undefined;
  // what is printed, as whole hundredths of the unit
  const printed = (x: Fen): Fen => (amountUnit === '元' ? x : fen(roundToHundredYuan(x)));
  const exact = sumFen(parts.map((p) => p.fen));
  const sum = parts.reduce((s, p) => addFen(s, printed(p.fen)), ZERO_FEN);
  const isRounding = exact === total;
  if (isRounding && sum === printed(total)) return undefined;
  const named = parts.filter((p) => p.fen !== ZERO_FEN);
  const list =
    named.length <= NAMED_PARTS &&
    named.map((p) => `${p.label} ${showMoney(p.fen, amountUnit)}`).join(' + ');
  const gap = isRounding ? subtractFen(sum, printed(total)) : subtractFen(exact, total);
  const write = WORDS[lang][isRounding ? 'rounding' : 'unequal'];
  return write(of, list, formatFen(sum), showMoney(total, amountUnit), formatFen(absFen(gap)));
}

type Write = (of: string, list: string | false, sum: string, total: string, gap: string) => string;

const WORDS: Record<Lang, Record<'rounding' | 'unequal', Write>> = {
  zh: {
    rounding: (of, list, sum, total, gap) =>
      `尾差：${of} ${list || '各项之和'} = ${sum}，合计 ${total}，差 ${gap}（四舍五入）`,
    unequal: (of, list, sum, total, gap) =>
      `不符：${of} ${list || '各项之和'} = ${sum}，合计 ${total}，精确值相差 ${gap} 元`,
  },
  en: {
    rounding: (of, list, sum, total, gap) =>
      `Rounding: ${of}: ${list || 'the parts'} = ${sum}, total ${total}, difference ${gap} (each rounded half up)`,
    unequal: (of, list, sum, total, gap) =>
      `Unequal: ${of}: ${list || 'the parts'} = ${sum}, total ${total}; the exact values differ by ${gap} yuan`,
  },
};
