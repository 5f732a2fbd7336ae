import { formatPercent } from '#domain';

const DAY_MS = 86_400_000;

/** The calendar day, YYYY-MM-DD, by the clock of the place where budgets are executed. */
export const dayOf = (now: Date): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(now);

/** Whole days from one calendar day to a later one. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);

/** How much of a fiscal year (a calendar year) is gone at the end of a day: the day, held to the year, and percent. */
export function timeGone(fiscalYear: number, today: string): { asOf: string; percent: string } {
  const [first, last] = [`${fiscalYear}-01-01`, `${fiscalYear}-12-31`];
  if (today < first) return { asOf: first, percent: '0.00' };
  const asOf = today < last ? today : last;
  const days = daysBetween(first, last) + 1;
  return { asOf, percent: formatPercent(daysBetween(first, asOf) + 1, days) };
}
