import type { IndicatorResultRecorded, IndicatorsAdopted } from '#domain';
import type { BookFigures, Recorded } from './figures.js';

type Indicators = Pick<BookFigures, 'goal' | 'executionWeight' | 'indicators'>;

/** The indicators adopted last, each with the latest result recorded for it since. */
export function indicatorsOf(
  adopted: Recorded<IndicatorsAdopted> | undefined,
  results: readonly Recorded<IndicatorResultRecorded>[],
): Indicators {
  if (!adopted) return { indicators: [] };
  const { goal, executionWeight, index, date } = adopted;
  return {
    ...(goal !== undefined && { goal }),
    executionWeight,
    indicators: adopted.indicators.map((indicator) => {
      const result = results.findLast((r) => r.indicator === indicator.code && r.index > index);
      return { ...indicator, index, date, ...(result && { result }) };
    }),
  };
}
