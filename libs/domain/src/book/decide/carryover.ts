import { addFen, toFen, ZERO_FEN, type Fen } from '../../money/index.js';
import { CARRYOVER_KEY, claimantOf } from '../claims.js';
import type { CommandOf } from '../commands.js';
import { refused, refusedAt, type Result } from '../refusal.js';
import type { BookEvent } from '../events.js';
import { BUDGET } from '../sentences/budget.js';
import type { BookState } from '../state.js';
import type { LineKey } from '../vocabulary.js';
import { wrongOrigin } from './budget.js';
import { controlled, postedLines } from './control.js';

/** What the prior year left comes in, unreleased at first. */

export function bringInCarryover(
  command: CommandOf<'bring-in-carryover'>,
  state: BookState,
  prior: BookState | undefined,
): Result<BookEvent> {
  const { document, fromFiscalYear } = command;
  if (fromFiscalYear >= state.id.fiscalYear)
    return refusedAt(
      '/fromFiscalYear',
      'invalid-command',
      BUDGET.carryoverFromLater({ year: state.id.fiscalYear, from: fromFiscalYear }),
    );
  const wrong = wrongOrigin(command.lines, 'carryover', BUDGET.carryoverOrigin);
  if (wrong) return wrong;
  for (const [i, line] of command.lines.entries())
    if (line.sourceFiscalYear !== undefined && line.sourceFiscalYear > fromFiscalYear)
      return refusedAt(
        `/lines/${i}/sourceFiscalYear`,
        'invalid-command',
        BUDGET.sourceAfterCarryover({ from: fromFiscalYear, source: line.sourceFiscalYear }),
      );
  const lines = postedLines(state, command.lines);
  if (!lines.ok) return lines;
  if (prior && prior.status !== 'none') {
    const differs = differsFromPrior(command, state, prior);
    if (differs) return differs;
  }
  return controlled(state, {
    type: 'CarryoverBroughtIn',
    data: {
      document,
      fromFiscalYear,
      lines: lines.value.map((l) => ({
        ...l,
        sourceFiscalYear: l.sourceFiscalYear ?? fromFiscalYear,
      })),
    },
  });
}

type Funded = Pick<LineKey, 'project' | 'fund'>;

/** What the prior book carried forward of a project's fund, and what this book brings in. */
interface Carried extends Funded {
  readonly was: Fen;
  readonly is: Fen;
}

/** With the prior book in the ledger, what comes in must be what that book carried forward. */
function differsFromPrior(
  command: CommandOf<'bring-in-carryover'>,
  state: BookState,
  prior: BookState,
): Result<never> | undefined {
  if (prior.status !== 'closed')
    return refused('prior-year-not-closed', BUDGET.priorNotClosed({ prior: prior.id }));
  const carried = new Map<string, Carried>();
  const add = ({ project, fund }: Funded, side: 'was' | 'is', amount: Fen) => {
    const key = `${project}|${fund}`;
    const of = carried.get(key) ?? { project, fund, was: ZERO_FEN, is: ZERO_FEN };
    carried.set(key, { ...of, [side]: addFen(of[side], amount) });
  };
  for (const { key, sums } of prior.lines.values())
    add(key, 'was', sums.carriedForward ?? ZERO_FEN);
  for (const { key, sums } of state.lines.values()) add(key, 'is', sums.broughtIn ?? ZERO_FEN);
  for (const line of command.lines) add(line, 'is', toFen(line.amount));
  const differences = [...carried.values()]
    .filter(({ was, is }) => was !== is)
    .map((difference) => BUDGET.carriedDifference(difference));
  if (differences.length)
    return refused('carryover-mismatch', BUDGET.carriedOtherwise({ prior: prior.id, differences }));
  const proposal = claimantOf(state, CARRYOVER_KEY);
  return proposal === undefined
    ? undefined
    : refused('carryover-mismatch', BUDGET.carryoverProposed({ proposal, prior: prior.id }));
}
