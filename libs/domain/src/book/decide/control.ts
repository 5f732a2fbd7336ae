import { movementsOf } from '../../entries/movements-of.js';
import type { ControlledAccount } from '../../entries/movements.js';
import { balanceOf } from '../../measures/measures.js';
import { subtractFen, ZERO_FEN } from '../../money/index.js';
import { claimantOf, reversalKey, type Remaining } from '../claims.js';
import type { CommandLine } from '../commands.js';
import type { LedgerErrorCode } from '../errors.js';
import { accepted, refused, refusedAt, type Result } from '../refusal.js';
import { CONTROL, REMAINING } from '../sentences/control.js';
import type { NamedLine } from '../../sentences/kinds.js';
import type { Sentence } from '../../sentences/sentence.js';
import { documentKeys } from '../documents.js';
import type { BookEvent, EntryReference, PostedLine } from '../events.js';
import { withMovements } from '../evolve.js';
import { sumOfLine, type BookState, type Posting } from '../state.js';
import { leftAfter } from '../taking.js';
import { lineKeyOf, lineKeyText, type LineKey } from '../vocabulary.js';

/** A line as sentences name it: project code and name, fund, origin. */
export function namedLine(state: BookState, { project, fund, origin }: LineKey): NamedLine {
  return { project, name: state.projects.get(project)?.name, fund, origin };
}

const CONTROLS: readonly {
  account: ControlledAccount;
  code: LedgerErrorCode;
  what: Sentence;
}[] = [
  { account: 'executable', code: 'insufficient-budget', what: CONTROL.executable() },
  {
    account: 'unreleasedCarryover',
    code: 'insufficient-carryover',
    what: CONTROL.unreleasedCarryover(),
  },
  { account: 'reserved', code: 'insufficient-reservation', what: CONTROL.reserved() },
];
const BALANCES = CONTROLS.map((c) => ({ ...c, of: balanceOf(c.account) }));

/**
 * The control of every posting: after it no line may have less to spend, unreleased or reserved than open
 * proposals hold of it, and never less than zero; and no paper may be posted twice, or posted while it is
 * proposed. Answers the event where both hold. Throws MoneyOverflow.
 */
export function controlled(state: BookState, event: BookEvent): Result<BookEvent> {
  for (const key of documentKeys(event)) {
    const duplicate = duplicateDocument(state, key);
    if (duplicate) return duplicate;
  }
  const movements = movementsOf(event);
  // throws where a sum of it cannot be counted: here, and not when the book is folded
  leftAfter(event, movements);
  const after = withMovements(state, movements);
  for (const key of new Set(movements.map(lineKeyText))) {
    const line = after.lines.get(key)!;
    for (const { account, code, what, of } of BALANCES) {
      const held = line.held?.[account] ?? ZERO_FEN;
      const then = sumOfLine(line, of);
      if (then >= held) continue;
      const has = sumOfLine(state.lines.get(key), of);
      const values = { line: namedLine(state, line.key), has, what, asked: subtractFen(has, then) };
      return refusedAt(
        pointerOf(event, key),
        code,
        held > 0
          ? CONTROL.insufficientBesideHeld({ ...values, held })
          : CONTROL.insufficient(values),
      );
    }
  }
  return accepted(event);
}

/** Where a command names the amount of a line: the whole command where it has no lines. */
function pointerOf({ data }: BookEvent, key: string): string {
  const lines = 'lines' in data ? data.lines : [];
  const i = lines.findIndex((line) => lineKeyText(line) === key);
  return i < 0 ? '' : `/lines/${i}/amount`;
}

function duplicateDocument(state: BookState, key: string): Result<never> | undefined {
  const by = state.documents.get(key);
  const proposal = claimantOf(state, key);
  if (by === undefined && proposal === undefined) return undefined;
  const [type, number = '', date = '', , line = ''] = key.split('\n');
  const document = type === 'voucher' ? undefined : { number, date, line: lineKeyOf(line) };
  const say = (sentence: Sentence) => refused('duplicate-document', sentence);
  if (by === undefined) {
    const on = { proposal: proposal! };
    return say(
      document
        ? CONTROL.documentProposed({ ...document, ...on })
        : CONTROL.voucherProposed({ number, ...on }),
    );
  }
  const entry = state.postings.get(by);
  const posted = entry
    ? CONTROL.entryAt({ id: by, revision: entry.revision, date: entry.date })
    : CONTROL.entry({ id: by });
  return say(
    document
      ? CONTROL.documentPosted({ ...document, posted })
      : CONTROL.voucherPosted({ number, posted }),
  );
}

/** What remains of an entry, as a refusal tells it: with the open proposals that hold some of it. */
export function tellRemaining(
  { leftFen, freeFen, claimants }: Remaining,
  where: Sentence,
): Sentence {
  if (claimants.length === 0) return REMAINING.left({ left: leftFen, where });
  const held = subtractFen(leftFen, freeFen);
  return REMAINING.leftBesideHeld({ left: leftFen, where, held, proposals: namesOf(claimants) });
}

const MOST_NAMES = 10;

/** Ids in a sentence; of very many the first. */
export function namesOf(ids: readonly string[]): Sentence {
  const more = ids.length - MOST_NAMES;
  return more > 0
    ? REMAINING.idsAndMore({ ids: ids.slice(0, MOST_NAMES), more })
    : REMAINING.ids({ ids });
}

/** Lines of a command as events store them: the function filled in from the project. */
export function postedLines<L extends CommandLine>(
  state: BookState,
  lines: readonly L[],
): Result<(L & PostedLine)[]> {
  const posted: (L & PostedLine)[] = [];
  for (const [i, line] of lines.entries()) {
    const project = state.projects.get(line.project);
    if (!project) return unknownProject(`/lines/${i}/project`, line.project, state);
    posted.push({ ...line, function: line.function ?? project.function });
  }
  return accepted(posted);
}

export function unknownProject(pointer: string, project: string, state: BookState): Result<never> {
  const known = [...state.projects.keys()].slice(0, 20);
  const book = state.id;
  return refusedAt(
    pointer,
    'unknown-project',
    known.length > 0
      ? CONTROL.unknownProject({ project, book, known })
      : CONTROL.noProjectYet({ project, book }),
  );
}

/** The earlier entry that a command names, where it is of the right type, stands and is to stand. */
export function namedEntry(
  state: BookState,
  pointer: string,
  id: string,
  type: Posting['type'],
  what: Sentence,
): Result<Posting> {
  const entry = state.postings.get(id);
  if (!entry || entry.type !== type)
    return refusedAt(pointer, 'unknown-entry', CONTROL.unknownEntry({ book: state.id, what, id }));
  if (entry.reversedBy !== undefined)
    return refusedAt(
      pointer,
      'already-reversed',
      CONTROL.reversed({ what, id, by: entry.reversedBy }),
    );
  const reversal = claimantOf(state, reversalKey(id));
  if (reversal !== undefined)
    return refusedAt(
      pointer,
      'already-reversed',
      CONTROL.reversalProposed({ what, id, proposal: reversal }),
    );
  return accepted(entry);
}

export const namedReservation = (state: BookState, id: string): Result<Posting> =>
  namedEntry(state, '/reservation', id, 'FundsReserved', CONTROL.reservation());

/** An entry as the events that come of it name it. */
export const reference = ({ id, revision }: Posting): EntryReference => ({ id, revision });
