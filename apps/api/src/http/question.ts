import { LedgerRefusal, type BookId, type Sentence } from '#domain';
import { readMoment, readScope, type AsOf, type Scope } from '#projections';
import { QUESTION } from './sentences.js';

export type QueryText = Readonly<Record<string, string | string[] | undefined>>;

const invalid = (sentence: Sentence) => LedgerRefusal.of('invalid-query', sentence);

export function bookOf({ unit, year }: { unit: string; year: string }): BookId {
  if (!/^\d{4}$/.test(year)) throw LedgerRefusal.of('unknown-book', QUESTION.noSuchYear({ year }));
  return { unit, fiscalYear: Number(year) };
}

export function textOf(query: QueryText, name: string): string | undefined {
  const value = query[name];
  if (Array.isArray(value)) throw invalid(QUESTION.twice({ name }));
  return value;
}

export function numberOf(query: QueryText, name: string): number | undefined {
  const text = textOf(query, name);
  if (text === undefined) return undefined;
  if (!/^\d{1,15}$/.test(text)) throw invalid(QUESTION.wholeNumber({ name, value: text }));
  return Number(text);
}

/** One of the words that a parameter may be; undefined where it is not given. */
export function optionalChoiceOf<T extends string>(
  query: QueryText,
  name: string,
  choices: readonly T[],
): T | undefined {
  const text = textOf(query, name);
  if (text === undefined) return undefined;
  const choice = choices.find((c) => c === text);
  if (choice === undefined) throw invalid(QUESTION.choice({ name, choices, value: text }));
  return choice;
}

export function choiceOf<T extends string>(
  query: QueryText,
  name: string,
  choices: readonly T[],
  byDefault: T,
): T {
  return optionalChoiceOf(query, name, choices) ?? byDefault;
}

/** `from`, `to` and `knownAt` of a question. */
export function asOfOf(query: QueryText): AsOf {
  const [from, to] = [textOf(query, 'from'), textOf(query, 'to')];
  const knownAt = numberOf(query, 'knownAt');
  return {
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(knownAt !== undefined && { knownAt }),
  };
}

export function scopeOf(query: QueryText): Scope {
  const scope = readScope(query);
  if (!scope.ok) throw new LedgerRefusal(scope.error);
  return scope.value;
}

/** `at`, given twice: business dates, or how many events of the log are known. */
export function momentsOf(query: QueryText): readonly [AsOf, AsOf] {
  const [first, second, ...more] = [query['at'] ?? []].flat().map(momentOf);
  if (!first || !second || more.length > 0) throw invalid(QUESTION.twoMoments());
  return [first, second];
}

function momentOf(text: string): AsOf {
  const moment = readMoment(text);
  if (!moment) throw invalid(QUESTION.moment({ value: text }));
  return moment;
}
