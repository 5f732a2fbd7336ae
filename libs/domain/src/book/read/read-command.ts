import type { Command, CommandName } from '../commands.js';
import { accepted, errorOf, refusedAt, type Result } from '../refusal.js';
import {
  commandId,
  date,
  fiscalYear,
  Findings,
  object,
  required,
  shown,
  unitCode,
  type Reader,
} from './fields.js';
import { READING } from '../sentences/reading.js';
import { COMMAND_SHAPES } from './shapes.js';

export const COMMAND_NAMES = Object.keys(COMMAND_SHAPES) as readonly CommandName[];
export const isCommandName = (x: unknown): x is CommandName =>
  typeof x === 'string' && Object.hasOwn(COMMAND_SHAPES, x);

const sameName: Reader<string> = (value) => value as string;

const READERS = new Map(
  COMMAND_NAMES.map((name) => [
    name,
    object({
      command: required(sameName),
      id: required(commandId),
      unit: required(unitCode),
      fiscalYear: required(fiscalYear),
      date: required(date),
      ...COMMAND_SHAPES[name],
    }),
  ]),
);

/**
 * Reads a command from parsed JSON: the one gate for every way in. Checks forms, signs and codes of the
 * closed lists; what needs the book is for `decide`. A refusal lists every finding with its JSON pointer.
 */
export function readCommand(input: unknown): Result<Command> {
  const name = (input as { command?: unknown } | null | undefined)?.command;
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    return refusedAt('', 'invalid-json', READING.notACommand({ value: shown(input) }));
  if (name === undefined) return refusedAt('/command', 'unknown-command', READING.commandMissing());
  if (!isCommandName(name))
    return refusedAt('/command', 'unknown-command', READING.noSuchCommand({ value: shown(name) }));
  const findings = new Findings();
  const command = READERS.get(name)!(input, '', findings);
  const [first] = findings.errors;
  if (!first) return accepted(command as unknown as Command);
  const more = findings.count - 1;
  const sentence = more > 0 ? READING.andMore({ first: first.sentence, more }) : first.sentence;
  return { ok: false, error: errorOf(first.code, sentence, findings.errors) };
}
