import { movementsOf } from '../../entries/movements-of.js';
import type { ControlledAccount } from '../../entries/movements.js';
import { balanceOf } from '../../measures/measures.js';
import { formatFen, subtractFen, ZERO_FEN } from '../../money/index.js';
import { claimantOf, reversalKey, type Remaining } from '../claims.js';
import type { CommandLine } from '../commands.js';
import { documentKeys } from '../documents.js';
import { accepted, refused, refusedAt, type LedgerErrorCode, type Result } from '../errors.js';
import type { BookEvent, EntryReference, PostedLine } from '../events.js';
import { withMovements } from '../evolve.js';
import { sumOfLine, type BookState, type Posting } from '../state.js';
import { lineKeyText, type LineKey } from '../vocabulary.js';

/** A line as messages name it: project code and name, fund, origin. */
export function nameOfLine(state: BookState, { project, fund, origin }: LineKey): string {
  const name = state.projects.get(project)?.name;
  return `line ${project}${name ? ` ${name}` : ''} / ${fund} / ${origin}`;
}

const CONTROLS: readonly {
  account: ControlledAccount;
  code: LedgerErrorCode;
  what: string;
}[] = [
  { account: 'executable', code: 'insufficient-budget', what: 'executable budget' },
  {
    account: 'unreleasedCarryover',
    code: 'insufficient-carryover',
    what: 'unreleased carryover',
  },
  { account: 'reserved', code: 'insufficient-reservation', what: 'reserved' },
];
const BALANCES = CONTROLS.map((c) => ({ ...c, of: balanceOf(c.account) }));

/**
 * The control of every posting: after it no line may have less to spend, unreleased or reserved than open
 * proposals hold of it, and never less than zero; and no paper may be posted twice, or posted while it is
 * proposed. Answers the event where both hold.
 */
export function controlled(state: BookState, event: BookEvent): Result<BookEvent> {
  for (const key of documentKeys(event)) {
    const duplicate = duplicateDocument(state, key);
    if (duplicate) return duplicate;
  }
  const movements = movementsOf(event);
  const after = withMovements(state, movements);
  for (const key of new Set(movements.map(lineKeyText))) {
    const line = after.lines.get(key)!;
    for (const { account, code, what, of } of BALANCES) {
      const held = line.held?.[account] ?? ZERO_FEN;
      const then = sumOfLine(line, of);
      if (then >= held) continue;
      const has = sumOfLine(state.lines.get(key), of);
      const others = held > 0 ? `, of which open proposals hold ${formatFen(held)} yuan` : '';
      return refusedAt(
        pointerOf(event, key),
        code,
        `${nameOfLine(state, line.key)} has ${formatFen(has)} yuan ${what}${others}, asked for ${formatFen(subtractFen(has, then))} yuan`,
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
  const [type, number, date, , line] = key.split('\n');
  const what =
    type === 'voucher'
      ? `voucher ${number}`
      : `document ${number} of ${date} for line ${line?.replaceAll('|', ' / ')}`;
  if (by === undefined)
    return refused('duplicate-document', `${what} is in the open proposal ${proposal} already`);
  const entry = state.postings.get(by);
  const posted = `${by}${entry ? ` (revision ${entry.revision}, ${entry.date})` : ''}`;
  return refused('duplicate-document', `${what} was already posted by ${posted}`);
}

/** What remains of an entry, as a refusal tells it: with the open proposals that hold some of it. */
export function tellRemaining({ leftFen, freeFen, claimants }: Remaining, where: string): string {
  const has = `${formatFen(leftFen)} yuan left on ${where}`;
  if (claimants.length === 0) return has;
  const held = formatFen(subtractFen(leftFen, freeFen));
  return `${has}, of which open proposals (${namesOf(claimants)}) hold ${held} yuan`;
}

const MOST_NAMES = 10;

/** Ids in a sentence; of very many the first. */
export const namesOf = (ids: readonly string[]): string =>
  ids.length > MOST_NAMES
    ? `${ids.slice(0, MOST_NAMES).join(', ')} and ${ids.length - MOST_NAMES} more`
    : ids.join(', ');

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
  const known = [...state.projects.keys()].slice(0, 20).join(', ') || 'none yet';
  return refusedAt(
    pointer,
    'unknown-project',
    `project ${project} is not registered in book ${state.id.unit} ${state.id.fiscalYear} (registered: ${known})`,
  );
}

/** The earlier entry that a command names, where it is of the right type, stands and is to stand. */
export function namedEntry(
  state: BookState,
  pointer: string,
  id: string,
  type: Posting['type'],
  what: string,
): Result<Posting> {
  const entry = state.postings.get(id);
  if (!entry || entry.type !== type)
    return refusedAt(
      pointer,
      'unknown-entry',
      `book ${state.id.unit} ${state.id.fiscalYear} has no ${what} with the id ${id}`,
    );
  if (entry.reversedBy !== undefined)
    return refusedAt(
      pointer,
      'already-reversed',
      `${what} ${id} was reversed by ${entry.reversedBy}`,
    );
  const reversal = claimantOf(state, reversalKey(id));
  if (reversal !== undefined)
    return refusedAt(
      pointer,
      'already-reversed',
      `${what} ${id} is to be reversed by the open proposal ${reversal}`,
    );
  return accepted(entry);
}

export const namedReservation = (state: BookState, id: string): Result<Posting> =>
  namedEntry(state, '/reservation', id, 'FundsReserved', 'reservation');

/** An entry as the events that come of it name it. */
export const reference = ({ id, revision }: Posting): EntryReference => ({ id, revision });
