import { economicCode, functionCode } from '#domain';
import type { Scope } from '#projections';
import type { FillContext } from '../context.js';
import { textValue } from '../value.js';
import type { Item } from './item.js';

/** Codes that occur in scope with those above them, e.g. 208, 20808, 2080899 (类, 款, 项), as a tree. */
export function codes(
  { figures, lang }: FillContext,
  dimension: 'function' | 'economic',
  scope: Scope,
  levels: readonly number[],
): readonly Item[] {
  const [occurring, nameOf] =
    dimension === 'function'
      ? [figures.functions(scope), functionCode]
      : [figures.economics(scope), economicCode];
  const all = new Set(occurring.flatMap((code) => levels.map((digits) => code.slice(0, digits))));
  return [...all].sort().map((code) => {
    const name = nameOf(code)?.[lang] ?? '';
    return {
      key: code,
      label: name ? `${code} ${name}` : code,
      level: levels.indexOf(code.length),
      scope: { [dimension]: [code] },
      fields: { code: textValue(code), name: textValue(name) },
    };
  });
}
