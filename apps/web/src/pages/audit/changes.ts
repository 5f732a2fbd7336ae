import { useState } from 'react';
import type { Lines } from '../../api/types.js';
import { keyText } from '../../app/lines.js';
import { cellKey } from '../reports/paper-table.js';
import type { Form } from '../reports/form.js';

/** Texts by place. */
type Figures = ReadonlyMap<string, string>;

/** What is shown now, and what was shown before it. */
interface Seen<T> {
  readonly now: T;
  readonly before: T;
}

/** Keeps the value before the current one; two values are the same moment where their key is. */
function useBefore<T>(value: T | undefined, keyOf: (value: T) => string): T | undefined {
  const [seen, setSeen] = useState<Seen<T>>();
  if (value === undefined) return undefined;
  if (seen && keyOf(seen.now) === keyOf(value)) return seen.before;
  // another report or book has no before: it is compared with itself
  const next = { now: value, before: seen ? seen.now : value };
  setSeen(next);
  return next.before;
}

/** The places that differ, with what stood there before ("" where there was nothing). */
function changesOf(before: Figures, now: Figures): ReadonlyMap<string, string> {
  const changes = new Map<string, string>();
  for (const [place, shown] of now) {
    const was = before.get(place) ?? '';
    if (was !== shown) changes.set(place, was);
  }
  return changes;
}

const figuresOfForm = (form: Form): Figures =>
  new Map(
    form.tables.flatMap((table) =>
      table.rows.flatMap((row) =>
        Object.entries(row.cells).map(([column, { exact }]) => [cellKey(row.id, column), exact]),
      ),
    ),
  );

const figuresOfLines = ({ totals, lines }: Lines): Figures =>
  new Map(
    [
      { key: 'total', figures: totals },
      ...lines.map((l) => ({ key: keyText(l), figures: l })),
    ].flatMap(({ key, figures }) =>
      Object.entries(figures).map(([column, shown]) => [cellKey(key, column), String(shown)]),
    ),
  );

export function useChangedCells(form: Form | undefined): ReadonlyMap<string, string> | undefined {
  const before = useBefore(form, ({ report, logSize }) => `${report} ${logSize}`);
  if (!form || !before || before.report !== form.report) return undefined;
  return changesOf(figuresOfForm(before), figuresOfForm(form));
}

export function useChangedLines(lines: Lines | undefined): ReadonlyMap<string, string> | undefined {
  const before = useBefore(lines, ({ logSize }) => String(logSize));
  return lines && before && changesOf(figuresOfLines(before), figuresOfLines(lines));
}
