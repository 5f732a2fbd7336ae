import {
  addFen,
  addScores,
  formatFen,
  formatPercent,
  formatTenThousandYuan,
  negateFen,
  toFen,
  ZERO_FEN,
  type Fen,
} from '#domain';
import type { Figure } from '#projections';
import type { Align, AmountUnit, Cell } from '../model.js';

/** What a cell holds before it is written out: exact, and with the events behind it. */
export type Value = { readonly events: readonly number[]; readonly hidden?: true } & (
  | { readonly kind: 'money'; readonly fen: Fen }
  | { readonly kind: 'percent'; readonly percent: string }
  | { readonly kind: 'number'; readonly number: string }
  | { readonly kind: 'text'; readonly text: string; readonly exact?: string }
);

export const textValue = (text: string, events: readonly number[] = []): Value => ({
  kind: 'text',
  text,
  events,
});
export const numberValue = (number: string, events: readonly number[]): Value => ({
  kind: 'number',
  number,
  events,
});
export const moneyValue = (fen: Fen, events: readonly number[]): Value => ({
  kind: 'money',
  fen,
  events,
});
export const BLANK: Value = textValue('');

export function valueOfFigure(figure: Figure): Value {
  switch (figure.kind) {
    case 'money':
      return moneyValue(figure.fen, figure.events);
    case 'percent':
      return { kind: 'percent', percent: figure.percent, events: figure.events };
    case 'score':
      return numberValue(figure.score, figure.events);
  }
}

export const isBlank = (value: Value): boolean => value.kind === 'text' && value.text === '';

export const isZero = (value: Value): boolean =>
  value.kind === 'money' ? value.fen === ZERO_FEN : isBlank(value);

/** The events behind several values together, ascending, each once. */
export const eventsOf = (values: readonly { readonly events: readonly number[] }[]) =>
  values.length === 1
    ? values[0]!.events
    : [...new Set(values.flatMap((v) => v.events))].sort((a, b) => a - b);

/** Sum of amounts or of numbers; texts, e.g. empty cells, add nothing. Mixed kinds are a template's fault. */
export function sumOf(values: readonly Value[]): Value {
  const events = eventsOf(values);
  const counted = values.filter((v) => v.kind !== 'text');
  if (counted.length === 0) return { ...BLANK, events };
  if (counted.every((v) => v.kind === 'number'))
    return numberValue(addScores(counted.map((v) => v.number)), events);
  let sum = ZERO_FEN;
  for (const v of counted) sum = addFen(sum, moneyOf(v));
  return moneyValue(sum, events);
}

export function differenceOf([first, ...others]: readonly Value[]): Value {
  const taken = others.filter((v) => v.kind !== 'text').map(negated);
  return first ? sumOf([first, ...taken]) : BLANK;
}

const negated = (v: Value): Value => moneyValue(negateFen(moneyOf(v)), v.events);

/** Percent of two amounts or two counts; empty where one of them is. */
export function percentOf(part: Value, whole: Value): Value {
  const [a, b] = [magnitude(part), magnitude(whole)];
  const events = eventsOf([part, whole]);
  if (a === undefined || b === undefined) return { ...BLANK, events };
  return { kind: 'percent', percent: formatPercent(a, b), events };
}

function magnitude(v: Value): number | undefined {
  if (v.kind === 'money') return v.fen;
  return v.kind === 'number' ? Number(v.number) : undefined;
}

function moneyOf(v: Value): Fen {
  if (v.kind !== 'money') throw new TypeError(`a ${v.kind} cannot be added to amounts`);
  return v.fen;
}

/** A text of yuan, as events and statistics hold it. */
export const amountValue = (yuan: string, events: readonly number[]): Value =>
  moneyValue(toFen(yuan), events);

export const showMoney = (fen: Fen, unit: AmountUnit): string =>
  unit === '元' ? formatFen(fen) : formatTenThousandYuan(fen);

export function shownOf(value: Value, unit: AmountUnit): string {
  if (value.hidden) return '';
  switch (value.kind) {
    case 'money':
      return showMoney(value.fen, unit);
    case 'percent':
      return `${value.percent}%`;
    case 'number':
      return value.number;
    case 'text':
      return value.text;
  }
}

function exactOf(value: Value): string {
  switch (value.kind) {
    case 'money':
      return formatFen(value.fen);
    case 'percent':
      return value.percent;
    case 'number':
      return value.number;
    case 'text':
      return value.exact ?? value.text;
  }
}

/** The value written out. A text in a column of figures, such as ——, stands in the middle. */
export const cellOf = (value: Value, unit: AmountUnit, column: Align): Cell => ({
  exact: exactOf(value),
  shown: shownOf(value, unit),
  events: value.events,
  ...(value.kind !== 'text' && { kind: value.kind }),
  ...(column === 'right' && value.kind === 'text' && { align: 'center' }),
});
