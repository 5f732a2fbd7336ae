import {
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
import { FILES } from '../sentences.js';

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

export interface Given extends Line {
  readonly id: string | null;
  readonly command: Result<Command>;
  readonly people: People;
}

/** How many lines are under way at once: they share the commits of the store. */
const WINDOW = 256;

/** Who posts or approves: what the events say for good. */
export const isName = (name: unknown): name is string =>
  typeof name === 'string' && /^.{1,128}$/u.test(name) && name.trim() !== '';

/** A line's command; its own `actor` and `approvedBy` win over those of the whole import. */
export function given(line: Line, people: People): Given {
  const { number, value } = line;
  if (!value.ok) return { ...line, id: null, command: value, people };
  const { actor, approvedBy, ...rest } = { ...(value.value as Record<string, unknown>) };
  const id = typeof rest['id'] === 'string' ? rest['id'] : null;
  for (const [field, name] of Object.entries({ actor, approvedBy }))
    if (name !== undefined && !isName(name))
      return {
        ...line,
        id,
        people,
        command: refused('invalid-command', FILES.notAName({ line: number, field })),
      };
  const isObject =
    typeof value.value === 'object' && value.value !== null && !Array.isArray(value.value);
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
export class Tally {
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

export const metaOf = ({ people }: Given): CommandMeta => ({
  ...people,
  recordedAt: new Date().toISOString(),
});

/** Posts every line in the order of the file; one that is refused does not stop the others. */
export async function importLines(
  ledger: Ledger,
  lines: AsyncIterable<Line>,
  people: People,
): Promise<ImportAnswer> {
  const tally = new Tally();
  const underWay = new Set<Promise<void>>();
  const ids = new Map<string, Promise<void>>();
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
