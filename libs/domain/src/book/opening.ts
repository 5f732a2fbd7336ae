import type { Command } from './commands.js';
import { refused, accepted, type Result } from './refusal.js';
import type { YearClosed } from './events.js';
import { CLOSING } from './sentences/closing.js';
import type { BookState } from './state.js';

/**
 * The commands that open the next year's book from a sealed close: the book, each project that carries
 * money over, and the carryover with the source year of every yuan. Posting them twice changes nothing.
 */
export function nextYearOpening(
  state: BookState,
  closed: YearClosed | undefined,
): Result<readonly Command[]> {
  const { unit, fiscalYear } = state.id;
  if (state.status !== 'closed' || !state.opened || !closed)
    return refused('year-not-closed', CLOSING.nextNotPrepared({ book: state.id }));
  const next = fiscalYear + 1;
  const date = `${next}-01-01`;
  const common = (what: string) => ({
    id: `opening-${unit}-${next}-${state.closing!.revision}-${what}`,
    unit,
    fiscalYear: next,
    date,
  });
  const { unitName, unitKind, divisionCode, divisionName } = state.opened;
  const carried = closed.remainders.filter((r) => r.carriedForward.length > 0);
  const projects = [...new Set(carried.map((r) => r.project))];
  const commands: Command[] = [
    {
      command: 'open-book',
      ...common('book'),
      unitName,
      ...(unitKind !== undefined && { unitKind }),
      divisionCode,
      divisionName,
    },
    ...projects.map((project): Command => {
      const { name, category, function: code, endsFiscalYear } = state.projects.get(project)!;
      return {
        command: 'register-project',
        ...common(`project-${project}`),
        project,
        name,
        category,
        function: code,
        ...(endsFiscalYear !== undefined && { endsFiscalYear }),
      };
    }),
  ];
  if (carried.length)
    commands.push({
      command: 'bring-in-carryover',
      ...common('carryover'),
      document: { number: `${fiscalYear}年度决算`, date },
      fromFiscalYear: fiscalYear,
      lines: carried.flatMap((r) =>
        r.carriedForward.map((c) => ({
          project: r.project,
          fund: r.fund,
          origin: 'carryover' as const,
          function: r.function,
          amount: c.amount,
          sourceFiscalYear: c.sourceFiscalYear,
        })),
      ),
    });
  return accepted(commands);
}
