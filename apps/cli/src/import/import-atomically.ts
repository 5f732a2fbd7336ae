import { streamOfBook, type Command, type LedgerErrorCode } from '#domain';
import type { Ledger } from '#projections';
import {
  given,
  metaOf,
  Tally,
  type Given,
  type ImportAnswer,
  type People,
} from './import-commands.js';
import type { Line } from './lines.js';

/**
 * Posts all lines of a book or none of them, book by book. A line that does not say which book it belongs
 * to (torn, not UTF-8) may belong to any: then nothing is posted.
 */
export async function importAtomically(
  ledger: Ledger,
  lines: AsyncIterable<Line>,
  people: People,
): Promise<ImportAnswer> {
  const tally = new Tally();
  const books = new Map<string, Given[]>();
  let bookless: Given | undefined;
  for await (const line of lines) {
    const of = given(line, people);
    const book = bookOf(of);
    if (book === undefined) bookless ??= of;
    const group = books.get(book ?? '');
    if (group) group.push(of);
    else books.set(book ?? '', [of]);
  }
  for (const group of books.values())
    if (!bookless) await importBook(ledger, group, tally);
    else {
      const why = `line ${bookless.number}, which may belong to any book, is refused`;
      rejectAll(group, tally, why, codeOf(bookless));
    }
  return tally.done();
}

function bookOf({ command, value }: Given): string | undefined {
  if (command.ok) return streamOfBook(command.value);
  const { unit, fiscalYear } = ((value.ok && value.value) || {}) as Record<string, unknown>;
  return typeof unit === 'string' && typeof fiscalYear === 'number'
    ? streamOfBook({ unit, fiscalYear })
    : undefined;
}

const codeOf = ({ command }: Given): LedgerErrorCode =>
  command.ok ? 'invalid-command' : command.error.code;

/** Lines that are wrong by themselves keep their own words; the others are told what stopped them. */
function rejectAll(
  group: readonly Given[],
  tally: Tally,
  why: string,
  code: LedgerErrorCode,
): void {
  for (const g of group)
    if (g.command.ok) tally.reject(g, code, `not stored, since ${why}`);
    else tally.reject(g, g.command.error.code, g.command.error.message);
}

async function importBook(ledger: Ledger, group: readonly Given[], tally: Tally): Promise<void> {
  const commands: Command[] = [];
  for (const g of group) {
    if (!g.command.ok) {
      const why = `line ${g.number} of the same book is refused`;
      rejectAll(group, tally, why, codeOf(g));
      return;
    }
    commands.push(g.command.value);
  }
  const [first] = group;
  const other = group.find((g) => !samePeople(g, first!));
  if (other) {
    const why = `all of a book is posted by the same people, and line ${other.number} names others than line ${first!.number}`;
    rejectAll(group, tally, why, 'invalid-command');
    return;
  }
  const outcome = await ledger.commands.runAtomically(commands, metaOf(first!));
  if (outcome.ok) {
    for (const r of outcome.value) tally.store(r.replayed);
    return;
  }
  const { code, message } = outcome.error;
  // of an id that stands twice, it is the later line that cannot be
  const cause = group.findLast((g) => g.id === outcome.commandId) ?? first!;
  tally.reject(cause, code, message);
  const rest = group.filter((g) => g !== cause);
  rejectAll(rest, tally, `line ${cause.number} of the same book is refused`, code);
}

const samePeople = ({ people: a }: Given, { people: b }: Given): boolean =>
  a.actor === b.actor && a.approvedBy === b.approvedBy;
