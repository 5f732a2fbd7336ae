import { addFen, formatFen, subtractFen, toFen, ZERO_FEN, type Fen } from '../../money/index.js';
import { newestOf, remaindersOf, type LineRemainder } from '../closing.js';
import { claimantOf, REOPENING_KEY } from '../claims.js';
import type { CommandOf } from '../commands.js';
import { accepted, refused, refusedAt, type Result } from '../refusal.js';
import type { BookEvent, Remainder, SealedTotals, Treatment } from '../events.js';
import { measureOfBook, type BookState } from '../state.js';
import { lineKeyText, type RemainderKind } from '../vocabulary.js';
import type { Sentence } from '../../sentences/sentence.js';
import { CLOSING } from '../sentences/closing.js';
import { namedLine } from './control.js';

type Given = CommandOf<'close-year'>['carryover'];

/** Seals the year. The treatment given must account for every remainder to the fen. */
export function closeYear(command: CommandOf<'close-year'>, state: BookState): Result<BookEvent> {
  const open = [...state.proposals.values()].filter(
    (p) => p.state === 'open' && p.id !== command.id,
  );
  if (open.length)
    return refused(
      'proposals-open',
      CLOSING.proposalsOpen({ book: state.id, ids: open.map((p) => p.id) }),
    );
  const remainders = remaindersOf(state);
  const given = Map.groupBy(command.carryover, lineKeyText);
  const differences = differencesOf(state, remainders, given);
  if (differences.length)
    return refused('carryover-mismatch', CLOSING.mismatch({ book: state.id, differences }));
  const sealed: Remainder[] = [];
  for (const remainder of remainders) {
    const result = treated(state, remainder, given.get(lineKeyText(remainder.key)) ?? []);
    if (!result.ok) return result;
    sealed.push(result.value);
  }
  return accepted({
    type: 'YearClosed',
    data: { reason: command.reason, remainders: sealed, totals: totalsOf(state) },
  });
}

function differencesOf(
  state: BookState,
  remainders: readonly LineRemainder[],
  given: ReadonlyMap<string, Given>,
): readonly Sentence[] {
  const open = new Map(remainders.map((r) => [lineKeyText(r.key), r]));
  return [...new Set([...open.keys(), ...given.keys()])].flatMap((key) => {
    const remainder = open.get(key);
    const entries = given.get(key) ?? [];
    const has = remainder?.amountFen ?? ZERO_FEN;
    const sum = entries.reduce((s, e) => addFen(s, toFen(e.amount)), ZERO_FEN);
    if (has === sum) return [];
    const line = namedLine(state, remainder?.key ?? entries[0]!);
    return [CLOSING.difference({ line, has, given: sum, difference: subtractFen(sum, has) })];
  });
}

/** What becomes of one remainder. A kind other than the rule's needs the officer's reason. */
function treated(state: BookState, remainder: LineRemainder, given: Given): Result<Remainder> {
  const { byDefault, key } = remainder;
  const treatments = new Map<RemainderKind, { amount: Fen; reason?: string }>();
  for (const entry of given) {
    if (toFen(entry.amount) === 0) continue;
    if (entry.kind === undefined && byDefault.size > 1)
      return refusedAt(
        '/carryover',
        'invalid-command',
        CLOSING.kindNeeded({ line: namedLine(state, key), parts: partsOf(byDefault) }),
      );
    const kind = entry.kind ?? [...byDefault.keys()][0]!;
    const before = treatments.get(kind);
    const reason = entry.reason ?? before?.reason;
    treatments.set(kind, {
      amount: addFen(before?.amount ?? ZERO_FEN, toFen(entry.amount)),
      ...(reason !== undefined && { reason }),
    });
  }
  for (const [kind, { amount, reason }] of treatments)
    if (reason === undefined && amount > (byDefault.get(kind) ?? ZERO_FEN))
      return refused(
        'reason-required',
        CLOSING.reasonNeeded({
          line: namedLine(state, key),
          parts: partsOf(byDefault),
          amount,
          kind,
        }),
      );
  const list: Treatment[] = [...treatments].map(([kind, { amount, reason }]) => ({
    kind,
    amount: formatFen(amount),
    ...(reason !== undefined && { reason }),
  }));
  return accepted({
    ...key,
    function: remainder.function,
    executable: formatFen(remainder.executableFen),
    unreleased: formatFen(remainder.unreleasedFen),
    reserved: formatFen(remainder.reservedFen),
    amount: formatFen(remainder.amountFen),
    treatments: list,
    carriedForward: newestOf(remainder, treatments.get('carry-forward')?.amount ?? ZERO_FEN),
  });
}

const partsOf = (kinds: ReadonlyMap<RemainderKind, Fen>): readonly Sentence[] =>
  [...kinds].map(([kind, amount]) => CLOSING.part({ amount, kind }));

function totalsOf(state: BookState): SealedTotals {
  const of = (measure: keyof SealedTotals) => formatFen(measureOfBook(state, measure));
  return {
    initialBudget: of('initialBudget'),
    midYearAdjustment: of('midYearAdjustment'),
    directAllocation: of('directAllocation'),
    carryoverIn: of('carryoverIn'),
    fullYearBudget: of('fullYearBudget'),
    appropriationIncome: of('appropriationIncome'),
    expenditure: of('expenditure'),
    carryoverOut: of('carryoverOut'),
  };
}

/** Opens a closed year again: two people and a reason; what the close moved is moved back. */
export function reopenYear(
  command: CommandOf<'reopen-year'>,
  state: BookState,
  actor: string,
  approvedBy: string | undefined,
): Result<BookEvent> {
  const { closing } = state;
  if (!closing) return refused('year-not-closed', CLOSING.notClosed({ book: state.id }));
  const proposal = claimantOf(state, REOPENING_KEY);
  if (proposal !== undefined)
    return refused('proposals-open', CLOSING.reopeningProposed({ book: state.id, proposal }));
  if (approvedBy === undefined || approvedBy === actor)
    return refused(
      'approval-required',
      approvedBy === undefined
        ? CLOSING.reopeningUnapproved()
        : CLOSING.reopeningAlone({ person: actor }),
    );
  return accepted({
    type: 'YearReopened',
    data: {
      reason: command.reason,
      closing: { id: closing.id, revision: closing.revision },
      movements: closing.movements,
    },
  });
}
