import { isBookEventType, isCalendarDate, LedgerRefusal, type Sentence } from '#domain';
import { ASKING, type EventFilter, type LineWanted, type SearchRequest } from '#projections';
import { choiceOf, numberOf, textOf, type QueryText } from '../http/question.js';
import { QUESTION } from '../http/sentences.js';
import { rangeOf } from './range.js';

/** What narrows the history of a book. */
export const FILTER = [
  ...['type', 'person', 'since', 'until', 'document', 'line', 'text'],
  ...['knownAt', 'order'],
] as const;

const MOST_CHARACTERS = 200;
const MOST_WORDS = 10;
const MOST_REVISIONS = 1000;

const invalid = (sentence: Sentence) => LedgerRefusal.of('invalid-query', sentence);

/** A search between two indices; with `knownAt` in the first so many events of the log. */
export function searchOf(query: QueryText, most?: number): SearchRequest {
  const range = rangeOf(query, most);
  const knownAt = numberOf(query, 'knownAt');
  const to = Math.min(range.to ?? Infinity, knownAt === undefined ? Infinity : knownAt - 1);
  const filter = filterOf(query);
  return {
    ...range,
    ...(to !== Infinity && { to }),
    newestFirst: choiceOf(query, 'order', ['oldest', 'newest'], 'oldest') === 'newest',
    ...(Object.keys(filter).length > 0 && { filter }),
  };
}

function filterOf(query: QueryText): EventFilter {
  const [type, person, document] = ['type', 'person', 'document'].map((n) => partOf(query, n));
  const [since, until] = [dayOf(query, 'since'), dayOf(query, 'until')];
  const [line, text] = [partOf(query, 'line'), partOf(query, 'text')];
  return {
    ...(type !== undefined && { types: typesOf(type) }),
    ...(person !== undefined && { person }),
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
    ...(document !== undefined && { document }),
    ...(line !== undefined && { line: lineOf(line) }),
    ...(text !== undefined && { words: wordsOf(text) }),
  };
}

function partOf(query: QueryText, name: string): string | undefined {
  const text = textOf(query, name)?.trim();
  if (text === undefined || text === '') return undefined;
  if (text.length > MOST_CHARACTERS)
    throw invalid(QUESTION.tooLong({ name, most: MOST_CHARACTERS }));
  return text;
}

function dayOf(query: QueryText, name: string): string | undefined {
  const day = partOf(query, name);
  if (day !== undefined && !isCalendarDate(day))
    throw invalid(ASKING.notADate({ name, value: JSON.stringify(day) }));
  return day;
}

function typesOf(text: string): readonly string[] {
  const types = text.split(',');
  const unknown = types.find((type) => !isBookEventType(type));
  if (unknown !== undefined)
    throw invalid(QUESTION.noEventType({ value: JSON.stringify(unknown) }));
  return types;
}

/** `PROJECT`, or `PROJECT|FUND|ORIGIN` as the lines of a book are named. */
function lineOf(text: string): LineWanted {
  const [project = '', fund, origin, ...more] = text.split('|');
  if (more.length > 0)
    throw invalid(QUESTION.lineForm({ name: 'line', value: JSON.stringify(text) }));
  return {
    project,
    ...(fund !== undefined && { fund }),
    ...(origin !== undefined && { origin }),
  };
}

function wordsOf(text: string): readonly string[] {
  const words = text.split(/\s+/u);
  if (words.length > MOST_WORDS)
    throw invalid(QUESTION.tooManyWords({ name: 'text', most: MOST_WORDS }));
  return words;
}

/** `0-99,105`: revisions of the book, each or from one to another. Undefined where none are named. */
export function revisionsOf(query: QueryText): readonly number[] | undefined {
  const text = textOf(query, 'revisions');
  if (text === undefined) return undefined;
  const revisions: number[] = [];
  for (const part of text.split(',')) {
    const [, first, last = first] = /^(\d{1,15})(?:-(\d{1,15}))?$/.exec(part) ?? [];
    const [from, to] = [Number(first), Number(last)];
    if (first === undefined || to < from)
      throw invalid(QUESTION.revisionsForm({ name: 'revisions', value: JSON.stringify(text) }));
    if (revisions.length + to - from >= MOST_REVISIONS)
      throw invalid(QUESTION.tooManyRevisions({ most: MOST_REVISIONS }));
    for (let revision = from; revision <= to; revision++) revisions.push(revision);
  }
  return revisions;
}
