import { isCalendarDate, LedgerRefusal, type Category, type Fund, type Origin } from '#domain';
import { ASKING } from '../sentences/asking.js';

/**
 * Which part of a book a figure is about. Dimensions that are left out do not restrict; the values of one
 * dimension are alternatives. `function` and `economic` take codes of any level and mean all below it:
 * 208, 20828 or 2082801; 302 or 30201.
 */
export interface Scope {
  readonly project?: readonly string[];
  readonly category?: readonly Category[];
  readonly fund?: readonly Fund[];
  readonly origin?: readonly Origin[];
  readonly function?: readonly string[];
  readonly economic?: readonly string[];
}

/** The part of a book's history that a figure is computed from, on both clocks. */
export interface AsOf {
  /** First and last business date, inclusive, YYYY-MM-DD. */
  readonly from?: string;
  readonly to?: string;
  /** Only the first `knownAt` events of the log: the book as a ledger would show it that stopped there. */
  readonly knownAt?: number;
}

/** Both scopes at once. An empty list of a dimension admits nothing. */
export function narrow(a: Scope, b: Scope): Scope {
  const both = <T extends string>(x?: readonly T[], y?: readonly T[]): readonly T[] | undefined =>
    x && y ? x.filter((v) => y.includes(v)) : (x ?? y);
  const codes = (x?: readonly string[], y?: readonly string[]): readonly string[] | undefined =>
    x && y
      ? [
          ...x.filter((v) => y.some((w) => v.startsWith(w))),
          ...y.filter((w) => x.some((v) => w.startsWith(v) && w !== v)),
        ]
      : (x ?? y);
  const narrowed = {
    project: both(a.project, b.project),
    category: both(a.category, b.category),
    fund: both(a.fund, b.fund),
    origin: both(a.origin, b.origin),
    function: codes(a.function, b.function),
    economic: codes(a.economic, b.economic),
  };
  return Object.fromEntries(Object.entries(narrowed).filter(([, v]) => v !== undefined));
}

/** The moment as it was given. Throws LedgerRefusal `invalid-query` for one that there cannot be. */
export function checkedAsOf(asOf: AsOf): AsOf {
  for (const [name, date] of [
    ['from', asOf.from],
    ['to', asOf.to],
  ] as const)
    if (date !== undefined && !isCalendarDate(date))
      throw LedgerRefusal.of(
        'invalid-query',
        ASKING.notADate({ name, value: JSON.stringify(date) }),
      );
  const { from, to, knownAt } = asOf;
  if (from !== undefined && to !== undefined && from > to)
    throw LedgerRefusal.of('invalid-query', ASKING.noDays({ from, to }));
  if (knownAt !== undefined && !(Number.isSafeInteger(knownAt) && knownAt >= 0))
    throw LedgerRefusal.of('invalid-query', ASKING.knownAtForm({ value: knownAt }));
  return asOf;
}

/** A moment as people write it: a business date, or how many events of the log are known. */
export function readMoment(text: string): AsOf | undefined {
  if (/^\d{1,15}$/.test(text)) return { knownAt: Number(text) };
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? { to: text } : undefined;
}
