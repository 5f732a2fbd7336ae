import { LedgerRefusal, type Sentence, type BookId } from '#domain';
import { readScope, type MeasureQuery } from '#projections';
import { FILES } from './sentences.js';

/** Words that say what a printed figure counts in; never the code of a budget unit. */
const UNITS_OF_MEASURE = new Set(['万元', '元', '%', '分', '人']);

/** What a query's scope may hold; a misspelt field must not widen a figure in silence. */
const SCOPE_FIELDS = new Set([
  ...['project', 'category', 'fund', 'origin', 'function', 'economic'],
  ...['unit', 'fiscalYear', 'year', 'from', 'to', 'knownAt'],
]);

const refuse = (sentence: Sentence) => LedgerRefusal.of('invalid-query', sentence);
const record = (x: unknown): Record<string, unknown> | undefined =>
  typeof x === 'object' && x !== null && !Array.isArray(x)
    ? (x as Record<string, unknown>)
    : undefined;

/**
 * Reads a list of measure queries: {measure, scope, unit, fiscalYear, from, to, knownAt}, the scope's fields
 * also beside `measure`. A file of printed figures ({unit, fiscalYear, figures: […]}) is taken as well. The
 * book of the command line wins over the file's.
 */
export function readQueries(input: unknown, given: Partial<BookId>): readonly MeasureQuery[] {
  const file = record(input);
  const list = Array.isArray(input) ? (input as unknown[]) : file?.['figures'];
  if (!Array.isArray(list)) throw refuse(FILES.queriesForm());
  return list.map((entry: unknown, i) => {
    const query = record(entry);
    if (!query) throw refuse(FILES.notAnObject({ i }));
    const scope = record(query['scope']) ?? {};
    const unknown = Object.keys(scope).find((field) => !SCOPE_FIELDS.has(field));
    if (unknown !== undefined) throw refuse(FILES.noSuchField({ i, field: unknown }));
    const fields = { ...query, ...scope };
    // beside a book for the whole file, the unit of a figure is what it is printed in
    const unit = given.unit ?? unitOf(scope['unit'], file?.['unit'], query['unit']);
    const year =
      given.fiscalYear ??
      [scope, query, file ?? {}].flatMap((o) => o['fiscalYear'] ?? o['year'] ?? []).map(Number)[0];
    if (unit === undefined || year === undefined || !Number.isInteger(year))
      throw refuse(FILES.namesNoBook({ i }));
    const { measure } = query;
    if (typeof measure !== 'string') throw refuse(FILES.namesNoMeasure({ i }));
    const read = readScope(fields);
    if (!read.ok) throw new LedgerRefusal(read.error);
    return { measure, unit, fiscalYear: year, scope: read.value, asOf: asOfOf(fields, i) };
  });
}

const unitOf = (...candidates: unknown[]): string | undefined =>
  candidates.find((u): u is string => typeof u === 'string' && !UNITS_OF_MEASURE.has(u));

function asOfOf(fields: Record<string, unknown>, i: number) {
  const { from, to, knownAt } = fields;
  for (const [name, date] of Object.entries({ from, to }))
    if (date !== undefined && typeof date !== 'string') throw refuse(FILES.notADate({ name, i }));
  if (knownAt !== undefined && typeof knownAt !== 'number') throw refuse(FILES.notANumber({ i }));
  return {
    ...(typeof from === 'string' && { from }),
    ...(typeof to === 'string' && { to }),
    ...(typeof knownAt === 'number' && { knownAt }),
  };
}
