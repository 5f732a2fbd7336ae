import type { CellDifference } from '#reports';

/** One line for people: which cell, what it was and is, and the events between. */
export function differenceLine(d: CellDifference): string {
  const change = `${shown(d.before)} → ${shown(d.after)}`;
  const by = d.difference === undefined ? '' : `  (${signed(d.difference)})`;
  return `${d.row} ${d.column}  ${d.rowLabel} ${d.columnLabel}: ${change}${by}  events ${d.events.join(', ') || '-'}`;
}

const shown = (cell: CellDifference['before']): string => cell?.shown || '(nothing)';
const signed = (yuan: string): string => (yuan.startsWith('-') ? yuan : `+${yuan}`);
