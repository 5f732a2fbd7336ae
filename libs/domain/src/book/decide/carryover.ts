import { addFen, formatFen, toFen, ZERO_FEN, type Fen } from '../../money/index.js';
import { CARRYOVER_KEY, claimantOf } from '../claims.js';
import type { CommandOf } from '../commands.js';
import { refused, refusedAt, type Result } from '../errors.js';
import type { BookEvent } from '../events.js';
import type { BookState } from '../state.js';
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
      `carryover comes from a year before ${state.id.fiscalYear}, not from ${fromFiscalYear}`,
    );
  const wrong = wrongOrigin(command.lines, 'carryover', 'carryover is brought in to');
  if (wrong) return wrong;
  for (const [i, line] of command.lines.entries())
    if (line.sourceFiscalYear !== undefined && line.sourceFiscalYear > fromFiscalYear)
      return refusedAt(
        `/lines/${i}/sourceFiscalYear`,
        'invalid-command',
        `money carried over from ${fromFiscalYear} cannot come from ${line.sourceFiscalYear}`,
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

/** With the prior book in the ledger, what comes in must be what that book carried forward. */
function differsFromPrior(
  command: CommandOf<'bring-in-carryover'>,
  state: BookState,
  prior: BookState,
): Result<never> | undefined {
  const { unit, fiscalYear } = prior.id;
  if (prior.status !== 'closed')
    return refused(
      'prior-year-not-closed',
      `book ${unit} ${fiscalYear} is in this ledger and is not closed, so what it carries forward is not known yet`,
    );
  const key = (l: { project: string; fund: string }) => `${l.project} / ${l.fund}`;
  const expected = new Map<string, Fen>();
  for (const line of prior.lines.values()) {
    const carried = line.sums.carriedForward ?? ZERO_FEN;
    if (carried !== 0)
      expected.set(key(line.key), addFen(expected.get(key(line.key)) ?? ZERO_FEN, carried));
  }
  const given = new Map<string, Fen>();
  const add = (l: { project: string; fund: string }, amount: Fen) =>
    given.set(key(l), addFen(given.get(key(l)) ?? ZERO_FEN, amount));
  for (const line of state.lines.values())
    if (line.sums.broughtIn) add(line.key, line.sums.broughtIn);
  for (const line of command.lines) add(line, toFen(line.amount));
  const differences = [...new Set([...expected.keys(), ...given.keys()])].flatMap((k) => {
    const [was, is] = [expected.get(k) ?? ZERO_FEN, given.get(k) ?? ZERO_FEN];
    return was === is
      ? []
      : [`${k}: carried forward ${formatFen(was)}, brought in ${formatFen(is)}`];
  });
  if (differences.length)
    return refused(
      'carryover-mismatch',
      `the carryover differs from what book ${unit} ${fiscalYear} carried forward: ${differences.join('; ')}`,
    );
  const proposal = claimantOf(state, CARRYOVER_KEY);
  return proposal === undefined
    ? undefined
    : refused(
        'carryover-mismatch',
        `the open proposal ${proposal} brings in carryover already, and this is all that book ${unit} ${fiscalYear} carried forward`,
      );
}
