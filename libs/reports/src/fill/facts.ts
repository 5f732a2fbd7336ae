import { addScores } from '#domain';
import type { BookFigures } from '#projections';
import type { FactName } from '../template.js';
import { BLANK, numberValue, textValue, type Value } from './value.js';

/** Facts of the book that are neither a measure nor a statistic, each with the event that recorded it. */
const FACTS: Readonly<Record<FactName, (figures: BookFigures) => Value>> = {
  unitName: ({ book }) => textValue(book.unitName, [book.index]),
  goal: (figures) => textValue(figures.goal ?? '', adoption(figures)),
  outcome: ({ execution }) =>
    execution?.outcome === undefined ? BLANK : textValue(execution.outcome, [execution.index]),
  executionReason: ({ execution }) =>
    execution?.reason === undefined ? BLANK : textValue(execution.reason, [execution.index]),
  // unlike the measure blank, not 0, where nobody scored yet
  executionScore: ({ execution }) =>
    execution ? numberValue(execution.score, [execution.index]) : BLANK,
  executionWeight: (figures) =>
    figures.executionWeight === undefined
      ? BLANK
      : numberValue(figures.executionWeight, adoption(figures)),
  totalWeight: (figures) =>
    figures.executionWeight === undefined
      ? BLANK
      : numberValue(
          addScores([figures.executionWeight, ...figures.indicators.map((i) => i.weight)]),
          adoption(figures),
        ),
};

export const factOf = (name: FactName, figures: BookFigures): Value => FACTS[name](figures);

/** Goal, weights and indicators come from one event: the adoption that stands. */
const adoption = ({ indicators }: BookFigures): readonly number[] =>
  indicators[0] ? [indicators[0].index] : [];
