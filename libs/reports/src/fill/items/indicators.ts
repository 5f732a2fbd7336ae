import { addScores } from '#domain';
import type { FillContext } from '../context.js';
import { BLANK, numberValue, textValue } from '../value.js';
import type { Item } from './item.js';

/** Performance indicators, each called by its first level with the points of that level altogether. */
export function indicators({ figures, lang }: FillContext): readonly Item[] {
  const pointsOf = (level1: string): string =>
    addScores(figures.indicators.filter((i) => i.level1 === level1).map((i) => i.weight));
  return figures.indicators.map(({ result, ...i }) => {
    const points = pointsOf(i.level1);
    const recorded = (text: string | undefined) =>
      result && text !== undefined ? textValue(text, [result.index]) : BLANK;
    return {
      key: i.code,
      label: lang === 'zh' ? `${i.level1}（${points}分）` : `${i.level1} (${points} points)`,
      fields: {
        level2: textValue(i.level2, [i.index]),
        level3: textValue(i.level3, [i.index]),
        target: textValue(i.target, [i.index]),
        weight: numberValue(i.weight, [i.index]),
        actual: recorded(result?.actual),
        score: result ? numberValue(result.score, [result.index]) : BLANK,
        reason: recorded(result?.reason),
      },
    };
  });
}
