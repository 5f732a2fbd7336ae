import { balanceOf } from '../measures/measures.js';
import {
  addFen,
  formatFen,
  minFen,
  subtractFen,
  sumFen,
  ZERO_FEN,
  type Fen,
} from '../money/index.js';
import type { SourceYearAmount } from './events.js';
import { sumOfLine, type BookState, type LineState } from './state.js';
import { lineKeyText, type LineKey, type RemainderKind } from './vocabulary.js';

/** What is left on a line: where it stands, which years it comes from, what the rule makes of it. */
export interface LineRemainder {
  readonly key: LineKey;
  readonly function: string;
  readonly executableFen: Fen;
  readonly unreleasedFen: Fen;
  readonly reservedFen: Fen;
  readonly amountFen: Fen;
  /** Oldest year first. */
  readonly sources: readonly { readonly sourceFiscalYear: number; readonly amountFen: Fen }[];
  readonly byDefault: ReadonlyMap<RemainderKind, Fen>;
}

const EXECUTABLE = balanceOf('executable');
const UNRELEASED = balanceOf('unreleasedCarryover');
const RESERVED = balanceOf('reserved');

/** Money that nobody spent in the two years after its own is recovered (连续两年未用完; docs/decisions/0004). */
const RECOVERED_AFTER_YEARS = 2;

/** The remainders of an open book, one for each line that has any, in the order of the lines' keys. */
export function remaindersOf(state: BookState): readonly LineRemainder[] {
  return [...state.lines.values()]
    .sort((a, b) => (lineKeyText(a.key) < lineKeyText(b.key) ? -1 : 1))
    .map((line) => remainderOf(state, line))
    .filter((r) => r.amountFen !== 0);
}

function remainderOf(state: BookState, line: LineState): LineRemainder {
  const executableFen = sumOfLine(line, EXECUTABLE);
  const unreleasedFen = sumOfLine(line, UNRELEASED);
  const reservedFen = sumOfLine(line, RESERVED);
  const amountFen = sumFen([executableFen, unreleasedFen, reservedFen]);
  const sources = sourcesOf(state, line.key, amountFen);
  return {
    key: line.key,
    function: state.projects.get(line.key.project)?.function ?? '',
    executableFen,
    unreleasedFen,
    reservedFen,
    amountFen,
    sources,
    byDefault: defaultTreatment(state, line.key, sources),
  };
}

/** Carryover is spent oldest money first, so that what remains is the newest. */
function sourcesOf(state: BookState, key: LineKey, remainder: Fen): LineRemainder['sources'] {
  if (remainder === 0) return [];
  if (key.origin === 'current')
    return [{ sourceFiscalYear: state.id.fiscalYear, amountFen: remainder }];
  const byYear = new Map<number, Fen>();
  for (const s of state.carryoverSources)
    if (s.line === lineKeyText(key))
      byYear.set(
        s.sourceFiscalYear,
        addFen(byYear.get(s.sourceFiscalYear) ?? ZERO_FEN, s.amountFen),
      );
  let open = remainder;
  const sources: { sourceFiscalYear: number; amountFen: Fen }[] = [];
  for (const [sourceFiscalYear, amount] of [...byYear].sort((a, b) => b[0] - a[0])) {
    const amountFen = minFen(amount, open);
    if (amountFen > 0) sources.unshift({ sourceFiscalYear, amountFen });
    open = subtractFen(open, amountFen);
  }
  return sources;
}

function defaultTreatment(
  state: BookState,
  key: LineKey,
  sources: LineRemainder['sources'],
): ReadonlyMap<RemainderKind, Fen> {
  const { fiscalYear } = state.id;
  const project = state.projects.get(key.project);
  const kinds = new Map<RemainderKind, Fen>();
  for (const { sourceFiscalYear, amountFen } of sources) {
    let kind: RemainderKind = 'carry-forward';
    if (project?.category === 'project') {
      if (key.origin === 'carryover' && fiscalYear - sourceFiscalYear >= RECOVERED_AFTER_YEARS)
        kind = 'recovery';
      else if (project.endsFiscalYear !== undefined && project.endsFiscalYear <= fiscalYear)
        kind = 'surplus';
    }
    kinds.set(kind, addFen(kinds.get(kind) ?? ZERO_FEN, amountFen));
  }
  return kinds;
}

/** The newest part of a remainder, by source year: what is carried forward once the rest is taken off. */
export function newestOf(remainder: LineRemainder, amount: Fen): readonly SourceYearAmount[] {
  let open = amount;
  const newest: SourceYearAmount[] = [];
  for (const { sourceFiscalYear, amountFen } of [...remainder.sources].reverse()) {
    const part = minFen(amountFen, open);
    if (part > 0) newest.unshift({ sourceFiscalYear, amount: formatFen(part) });
    open = subtractFen(open, part);
  }
  return newest;
}

/** The close as the rule proposes it: the `carryover` of a close-year command. */
export function proposedClosing(state: BookState) {
  return remaindersOf(state).flatMap((r) =>
    [...r.byDefault].map(([kind, amountFen]) => ({ ...r.key, amount: formatFen(amountFen), kind })),
  );
}
