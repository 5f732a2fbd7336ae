import { FUNDS, ORIGINS, type LineKey } from '#domain';
import type { BroughtIn, Scope } from '#projections';
import type { FillContext } from '../context.js';
import { moneyValue, textValue } from '../value.js';
import type { Item } from './item.js';

/** Budget lines, each with the years and documents that its carryover comes from. */
export function lines(context: FillContext, scope: Scope): readonly Item[] {
  const { figures, lang } = context;
  return figures.lines(scope).map((line) => {
    const from = sourcesOf(context, scopeOfLine(line));
    const events = [...new Set(from.map((s) => s.index))];
    const joined = (texts: readonly string[]) => textValue([...new Set(texts)].join('、'), events);
    return {
      key: idOf(line),
      label: figures.projects.find((p) => p.project === line.project)?.name ?? line.project,
      scope: scopeOfLine(line),
      fields: {
        project: textValue(line.project),
        fund: textValue(FUNDS[line.fund][lang]),
        origin: textValue(ORIGINS[line.origin][lang]),
        sourceYear:
          line.origin === 'current'
            ? textValue(String(figures.id.fiscalYear))
            : joined(from.map((s) => String(s.sourceFiscalYear))),
        document: joined(from.map((s) => s.document)),
      },
    };
  });
}

/** What was brought in within a scope, one item for each source; none where there are fewer than asked. */
export function sources(context: FillContext, scope: Scope, atLeast: number): readonly Item[] {
  const found = sourcesOf(context, scope);
  if (found.length < atLeast) return [];
  return found.map((s, i) => ({
    key: `${idOf(s)}:${s.sourceFiscalYear}:${s.index}${nth(found, i)}`,
    label: `${s.sourceFiscalYear} ${s.document}`,
    fields: {
      sourceYear: textValue(String(s.sourceFiscalYear), [s.index]),
      document: textValue(s.document, [s.index]),
      amount: moneyValue(s.fen, [s.index]),
    },
  }));
}

/** A source is named by its event, so that its row is the same at every moment; one event may bring several. */
function nth(found: readonly BroughtIn[], at: number): string {
  const { index, sourceFiscalYear } = found[at]!;
  const before = found
    .slice(0, at)
    .filter((s) => s.index === index && s.sourceFiscalYear === sourceFiscalYear);
  return before.length ? `.${before.length + 1}` : '';
}

/** Colons: no code has one, and neither a shell nor an address minds them. */
const idOf = ({ project, fund, origin }: LineKey): string => `${project}:${fund}:${origin}`;

const scopeOfLine = ({ project, fund, origin }: LineKey): Scope => ({
  project: [project],
  fund: [fund],
  origin: [origin],
});

const sourcesOf = ({ figures }: FillContext, scope: Scope): readonly BroughtIn[] =>
  figures.broughtIn.filter(
    (s) =>
      (!scope.project || scope.project.includes(s.project)) &&
      (!scope.fund || scope.fund.includes(s.fund)) &&
      (!scope.origin || scope.origin.includes(s.origin)),
  );
