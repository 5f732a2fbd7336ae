import { CATEGORIES, FUNDS, type Fund } from '#domain';
import type { Scope } from '#projections';
import type { FillContext } from '../context.js';
import { textValue } from '../value.js';
import type { Item } from './item.js';

/** Projects in the order that the unit's own form prints, then in order of registration. */
export function projects(
  { figures, lang }: FillContext,
  { category, project }: Scope,
  order: Readonly<Record<string, readonly string[]>> = {},
): readonly Item[] {
  const printed = order[figures.id.unit] ?? [];
  const place = (code: string): number =>
    printed.includes(code) ? printed.indexOf(code) : printed.length;
  return figures.projects
    .filter(
      (p) =>
        (!category || category.includes(p.category)) && (!project || project.includes(p.project)),
    )
    .sort((a, b) => place(a.project) - place(b.project))
    .map((p) => ({
      key: p.project,
      label: p.name,
      scope: { project: [p.project] },
      fields: {
        code: textValue(p.project, [p.index]),
        name: textValue(p.name, [p.index]),
        category: textValue(CATEGORIES[p.category][lang], [p.index]),
        function: textValue(p.function, [p.index]),
      },
    }));
}

export const funds = ({ lang }: FillContext, { fund: admitted }: Scope): readonly Item[] =>
  (Object.keys(FUNDS) as Fund[])
    .filter((fund) => !admitted || admitted.includes(fund))
    .map((fund) => ({ key: fund, label: FUNDS[fund][lang], scope: { fund: [fund] } }));
