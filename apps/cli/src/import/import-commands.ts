import {
  LedgerRefusal,
  readCommand,
  refused,
  streamOfBook,
  type Command,
  type LedgerErrorCode,
  type Result,
} from '#domain';
import type { CommandMeta } from '#event-store';
import type { Ledger } from '#projections';
import type { Line } from './lines.js';

interface Rejected {
  readonly line: number;
  readonly id: string | null;
  readonly code: LedgerErrorCode;
  readonly message: string;
}

export interface ImportAnswer {
  accepted: number;
  replayed: number;
  readonly rejected: Rejected[];
}

export interface People {
  readonly actor: string;
  readonly approvedBy?: string;
}

interface Given extends Line {
  readonly id: string | null;
  readonly command: Result<Command>;
  readonly people: People;
}

/** How many lines are under way at once: they share the commits of the store. */
const WINDOW = 256;

/** A line's command; its own `actor` and `approvedBy` win over those of the whole import. */
function given(line: Line, people: People): Given {
  const { number, value } = line;
  if (!value.ok) return { ...line, id: null, command: value, people };
  const { actor, approvedBy, ...rest } = { ...(value.value as Record<string, unknown>) };
  const id = typeof rest['id'] === 'string' ? rest['id'] : null;
  for (const [field, name] of Object.entries({ actor, approvedBy }))
    if (name !== undefined && (typeof name !== 'string' || !/^.{1,128}$/u.test(name)))
      return {
        ...line,
        id,
        people,
        command: refused('invalid-command', `line ${number}: ${field} must be a name`),
      };
  const isObject = typeof value.value === 'object' && !Array.isArray(value.value);
  return {
    ...line,
    id,
    command: readCommand(isObject ? rest : value.value),
    people: {
      ...people,
      ...(typeof actor === 'string' && { actor }),
      ...(typeof approvedBy === 'string' && { approvedBy }),
    },
  };
}

/** Adds up answers; messages say which line they are about. */
class Tally {
  readonly answer: ImportAnswer = { accepted: 0, replayed: 0, rejected: [] };

  reject({ number, id }: Given, code: LedgerErrorCode, message: string): void {
    const said = message.startsWith(`line ${number}`) ? message : `line ${number}: ${message}`;
    this.answer.rejected.push({ line: number, id, code, message: said });
  }

  store(replayed: boolean): void {
    if (replayed) this.answer.replayed++;
    else this.answer.accepted++;
  }

  done(): ImportAnswer {
    this.answer.rejected.sort((a, b) => a.line - b.line);
    return this.answer;
  }
}

const metaOf = ({ people }: Given): CommandMeta => ({
  ...people,
  recordedAt: new Date().toISOString(),
});

/** Posts every line in the order of the file; one that is refused does not stop the others. */
export async function importLines(
  ledger: Ledger,
  lines: AsyncIterable<Line>,
  people: People,
  onProgress: (lines: number) => void,
): Promise<ImportAnswer> {
  const tally = new Tally();
  const underWay = new Set<Promise<void>>();
  const ids = new Map<string, Promise<void>>();
  let count = 0;
  for await (const line of lines) {
    const of = given(line, people);
    const { command } = of;
    if (!command.ok) {
      tally.reject(of, command.error.code, command.error.message);
      continue;
    }
    const key = `${streamOfBook(command.value)}\n${command.value.id}`;
    // the same id twice in one file: the second waits, to be told what became of the first
    await ids.get(key);
    const post = ledger.commands.run(command.value, metaOf(of)).then((result) => {
      if (result.ok) tally.store(result.value.replayed);
      else tally.reject(of, result.error.code, result.error.message);
      underWay.delete(post);
      ids.delete(key);
      onProgress(++count);
    });
    underWay.add(post);
    ids.set(key, post);
    // a store that does not answer must not fill the memory; the next book's opening may rest on this one
    if (underWay.size >= WINDOW || command.value.command === 'close-year')
      await Promise.all(underWay);
  }
  await Promise.all(underWay);
  return tally.done();
}

/** Posts all lines of a book or none of them, book by book. */
export async function importAtomically(
  ledger: Ledger,
  lines: AsyncIterable<Line>,
  people: People,
): Promise<ImportAnswer> {
  const tally = new Tally();
  const books = new Map<string, Given[]>();
  for await (const line of lines) {
    const of = given(line, people);
    const value = line.value.ok ? (line.value.value as Record<string, unknown> | null) : null;
    const book = of.command.ok
      ? streamOfBook(of.command.value)
      : `${String(value?.['unit'])}-${String(value?.['fiscalYear'])}`;
    const key = of.command.ok || !value?.['unit'] ? book : `book-${book}`;
    books.set(key, [...(books.get(key) ?? []), of]);
  }
  for (const group of books.values()) await importBook(ledger, group, tally);
  return tally.done();
}

async function importBook(ledger: Ledger, group: readonly Given[], tally: Tally): Promise<void> {
  const bad = group.filter((g) => !g.command.ok);
  const rejectAll = (cause: Given, code: LedgerErrorCode, message: string) => {
    for (const g of group) {
      if (g === cause) tally.reject(g, code, message);
      else if (g.command.ok)
        tally.reject(g, code, `not stored, since line ${cause.number} of the same book is refused`);
      else tally.reject(g, g.command.error.code, g.command.error.message);
    }
  };
  const [firstBad] = bad;
  if (firstBad && !firstBad.command.ok) {
    rejectAll(firstBad, firstBad.command.error.code, firstBad.command.error.message);
    return;
  }
  const commands = group.map((g) => (g.command as { value: Command }).value);
  const people = new Set(group.map((g) => JSON.stringify(g.people)));
  if (people.size > 1)
    throw LedgerRefusal.of(
      'invalid-command',
      'an atomic import is posted by one actor; its lines name several',
    );
  const outcome = await ledger.commands.runAtomically(commands, metaOf(group[0]!));
  if (outcome.ok) {
    for (const r of outcome.value) tally.store(r.replayed);
    return;
  }
  const cause = group.find((g) => g.id === outcome.commandId) ?? group[0]!;
  rejectAll(cause, outcome.error.code, outcome.error.message);
}
