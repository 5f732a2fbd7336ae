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

/** With the prior book in the ledger, what comes in must be what that book carried forward. */
function differsFromPrior(
  command: CommandOf<'bring-in-carryover'>,
  state: BookState,
  prior: BookState,
): Result<never> | undefined {
  if (prior.status !== 'closed')
    return refused('prior-year-not-closed', BUDGET.priorNotClosed({ prior: prior.id }));
  const key = (l: Funded) => `${l.project} / ${l.fund}`;
  const expected = new Map<string, Fen>();
  for (const line of prior.lines.values()) {
    const carried = line.sums.carriedForward ?? ZERO_FEN;
    if (carried !== 0)
      expected.set(key(line.key), addFen(expected.get(key(line.key)) ?? ZERO_FEN, carried));
  }
  const given = new Map<string, Fen>();
  const add = (l: Funded, amount: Fen) =>
    given.set(key(l), addFen(given.get(key(l)) ?? ZERO_FEN, amount));
  for (const line of state.lines.values())
    if (line.sums.broughtIn) add(line.key, line.sums.broughtIn);
  for (const line of command.lines) add(line, toFen(line.amount));
  const differences = [...new Set([...expected.keys(), ...given.keys()])].flatMap((k) => {
    const [was, is] = [expected.get(k) ?? ZERO_FEN, given.get(k) ?? ZERO_FEN];
    const [project, fund] = k.split(' / ');
    return was === is
      ? []
      : [BUDGET.carriedDifference({ project: project!, fund: fund!, was, is })];
  });
  if (differences.length)
    return refused('carryover-mismatch', BUDGET.carriedOtherwise({ prior: prior.id, differences }));
  const proposal = claimantOf(state, CARRYOVER_KEY);
  return proposal === undefined
    ? undefined
    : refused('carryover-mismatch', BUDGET.carryoverProposed({ proposal, prior: prior.id }));
}
