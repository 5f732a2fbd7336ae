import { formatFen, subtractFen } from '#domain';
import type { Balance, CellSpec, NoteTemplate, Words } from '../template.js';
import type { FillContext } from './context.js';
import { simpleValue, type Grid } from './grid.js';
import { isBlank, isZero, shownOf, type Value } from './value.js';

/** Whether two sides of a table are equal, in a sentence each. */
export function balanceNotes(
  { words, lang, amountUnit }: FillContext,
  balances: readonly Balance[],
  left: Grid,
  right: Grid,
): readonly string[] {
  return balances.flatMap((balance) => {
    const [a, b] = [left.at(balance.left), right.at(balance.right)];
    if (a.kind !== 'money' || b.kind !== 'money') return [];
    const [x, y] = [shownOf(a, amountUnit), shownOf(b, amountUnit)];
    const label = words(balance.label);
    if (a.fen === b.fen)
      return [lang === 'zh' ? `${label}：${x} = ${y}，平衡` : `${label}: ${x} = ${y}, balanced`];
    const gap = formatFen(subtractFen(a.fen, b.fen));
    return [
      lang === 'zh'
        ? `不平衡：${label}：${x} ≠ ${y}，相差 ${gap} 元`
        : `Unbalanced: ${label}: ${x} ≠ ${y}, difference ${gap} yuan`,
    ];
  });
}

/** Sentences with figures; one whose figures are not all there is left out. */
export function sentences(
  context: FillContext,
  templates: readonly NoteTemplate[],
): readonly string[] {
  const valueOf = (spec: CellSpec): Value => simpleValue(context, spec, {});
  const shown = (spec: CellSpec): string => shownOf(valueOf(spec), context.amountUnit);
  return templates.flatMap(({ note, unlessEqual }) => {
    if (unlessEqual && shown(unlessEqual[0]) === shown(unlessEqual[1])) return [];
    const parts = note.map((part) => (isWords(part) ? context.words(part) : valueOf(part)));
    if (parts.some((part) => typeof part !== 'string' && isBlank(part))) return [];
    return [
      parts
        .map((part) => (typeof part === 'string' ? part : shownOf(part, context.amountUnit)))
        .join(''),
    ];
  });
}

const isWords = (part: Words | CellSpec): part is Words => typeof part === 'string' || 'zh' in part;

/** 空表说明 where no amount in the table differs from zero. */
export function emptyNote(
  { words, lang }: FillContext,
  empty: Words | undefined,
  grids: readonly Grid[],
): readonly string[] {
  if (empty === undefined) return [];
  const hasAmount = grids.some((grid) =>
    grid.rows.some((row) =>
      grid.columns.some((c) => {
        const v = grid.value(row, c.id);
        return v.kind === 'money' && !isZero(v);
      }),
    ),
  );
  return hasAmount ? [] : [`${lang === 'zh' ? '空表说明：' : 'Empty table: '}${words(empty)}`];
}
