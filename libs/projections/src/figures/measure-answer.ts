import {
  accepted,
  CATEGORIES,
  FUNDS,
  formatFen,
  formatTenThousandYuan,
  isMeasureName,
  LedgerRefusal,
  MEASURES,
  ORIGINS,
  refusedAt,
  type Result,
  type Sentence,
} from '#domain';
import type { BookFigures, Figure } from './figures.js';
import type { Scope } from './scope.js';
import { ASKING } from '../sentences/asking.js';

/** A measure as scripts get it (docs/manual.md): money exact and in 万元, a rate in percent, a score in points. */
export interface MeasureAnswer {
  readonly measure: string;
  readonly scope: Readonly<Record<string, unknown>>;
  readonly exact: string;
  readonly tenThousand?: string;
  readonly percent?: string;
  readonly score?: string;
  readonly events: readonly number[];
  readonly logSize: number;
}

/** Throws LedgerRefusal `unknown-measure`. */
export function answerMeasure(name: string, scope: Scope, figures: BookFigures): MeasureAnswer {
  if (!isMeasureName(name))
    throw LedgerRefusal.of(
      'unknown-measure',
      ASKING.noMeasure({ name, known: Object.keys(MEASURES) }),
    );
  const { unit, fiscalYear } = figures.id;
  const figure = figures.measure(name, scope);
  return {
    measure: name,
    scope: { unit, fiscalYear, ...scope, ...figures.asOf },
    ...valuesOf(figure),
    events: figure.events,
    logSize: figures.logSize,
  };
}

function valuesOf(figure: Figure) {
  switch (figure.kind) {
    case 'money':
      return { exact: formatFen(figure.fen), tenThousand: formatTenThousandYuan(figure.fen) };
    case 'percent':
      return { exact: figure.percent, percent: figure.percent };
    case 'score':
      return { exact: figure.score, score: figure.score };
  }
}

const CODE = /^\d{1,7}$/;
const DIMENSIONS: Readonly<Record<keyof Scope, { is: (v: string) => boolean; what: Sentence }>> = {
  project: { is: (v) => v.length <= 64, what: ASKING.projectCode() },
  category: {
    is: (v) => Object.hasOwn(CATEGORIES, v),
    what: ASKING.anyOf({ codes: Object.keys(CATEGORIES) }),
  },
  fund: { is: (v) => Object.hasOwn(FUNDS, v), what: ASKING.anyOf({ codes: Object.keys(FUNDS) }) },
  origin: {
    is: (v) => Object.hasOwn(ORIGINS, v),
    what: ASKING.anyOf({ codes: Object.keys(ORIGINS) }),
  },
  function: { is: (v) => CODE.test(v), what: ASKING.functionalCodes() },
  economic: { is: (v) => CODE.test(v), what: ASKING.economicCodes() },
};

/**
 * Reads a scope from loose input: each dimension a text with commas or a list of texts; absent dimensions do not
 * restrict. Refuses `invalid-query`.
 */
export function readScope(input: Readonly<Record<string, unknown>>): Result<Scope> {
  const scope: Record<string, readonly string[]> = {};
  for (const [dimension, { is, what }] of Object.entries(DIMENSIONS)) {
    const given = input[dimension];
    if (given === undefined) continue;
    const values: unknown[] = Array.isArray(given)
      ? given
      : typeof given === 'string'
        ? given.split(',').map((v) => v.trim())
        : [given];
    const bad = values.find((v) => typeof v !== 'string' || v === '' || !is(v));
    if (bad !== undefined || values.length > 200)
      return refusedAt(
        `/${dimension}`,
        'invalid-query',
        ASKING.dimension({ dimension, what, value: String(JSON.stringify(bad)) }),
      );
    scope[dimension] = values as string[];
  }
  return accepted(scope as Scope);
}
