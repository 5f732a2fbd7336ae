import { addFen, toFen, ZERO_FEN, type PriorYearFigure, type PriorYearRecorded } from '#domain';
import type { Recorded, Sum } from './figures.js';
import type { Scope } from './scope.js';

/**
 * A prior-year figure out of recorded ones. A figure without economic codes is the whole of its project,
 * one with codes is a detail of it, so that the two are never added up. A scope with economic codes takes
 * the details that lie within it; a scope without takes the wholes, and of a project that has no whole its
 * details. A later record of the same figure supersedes.
 */
export function priorFigure(
  records: readonly Recorded<PriorYearRecorded>[],
  scope: Scope,
  categories: ReadonlyMap<string, string>,
): Sum {
  const latest = new Map<string, PriorYearFigure & { index: number }>();
  for (const { figures, index } of records)
    for (const figure of figures) latest.set(keyOf(figure), { ...figure, index });
  const inScope = [...latest.values()].filter(
    ({ project, fund }) =>
      (!scope.project || (project !== undefined && scope.project.includes(project))) &&
      (!scope.category ||
        (scope.category as readonly string[]).includes(categories.get(project ?? '') ?? '')) &&
      (!scope.fund || fund === undefined || scope.fund.includes(fund)) &&
      // prior-year figures are recorded without function and origin: a scope of those has none
      !scope.function &&
      !scope.origin,
  );
  const whole = new Set(inScope.filter((f) => !f.economic).map((f) => f.project));
  const chosen = inScope.filter(({ economic, project }) =>
    scope.economic
      ? economic?.every((e) => scope.economic!.some((s) => e.startsWith(s)))
      : !economic || !whole.has(project),
  );
  return {
    fen: chosen.reduce((sum, f) => addFen(sum, toFen(f.amount)), ZERO_FEN),
    events: [...new Set(chosen.map((f) => f.index))].sort((a, b) => a - b),
  };
}

const keyOf = ({ measure, project, fund, economic }: PriorYearFigure): string =>
  JSON.stringify([measure, project, fund, economic && [...economic].sort()]);
