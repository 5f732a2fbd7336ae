import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import {
  formatFen,
  proposedClosing,
  readCommand,
  type BookState,
  type CommandOf,
  type LineRemainder,
} from '#domain';
import { rehearseClosing, render, toJson, type ClosingRehearsal } from '#reports';
import {
  bookOf,
  knownBook,
  printJson,
  refusalOf,
  withLedger,
  WrongUsage,
  type BookOptions,
  type GlobalOptions,
  type Streams,
} from '../io.js';
import { peopleOf, type PeopleOptions } from '../people.js';
import { keepCheckpoint } from '../signing.js';

interface Options extends GlobalOptions, BookOptions, PeopleOptions {
  readonly rehearse?: boolean;
  readonly date?: string;
  readonly reason: string;
  readonly carryover?: string;
}

export function closeCommand(program: Command, io: Streams, done: (code: number) => void): void {
  program
    .command('close')
    .description('close the year as the rule proposes it; --rehearse shows what that would do')
    .option('--unit <unit>')
    .option('--year <year>')
    .option('--rehearse', 'show remainders, checks and reports, and store nothing')
    .option('--date <date>', 'business date; by default the last day of the year')
    .option('--reason <text>', 'why', '年终结账')
    .option(
      '--carryover <file>',
      'JSON: the carryover of the close, where it is not the proposed one',
    )
    .option('--actor <name>', 'who posts')
    .option('--approved-by <name>', 'who approved')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const book = bookOf(options);
      const meta = { ...peopleOf(options), recordedAt: new Date().toISOString() };
      await withLedger(options, async (ledger) => {
        await ledger.catchUp();
        const { state, revision } = await knownBook(ledger, book);
        const close = closingOf(state, revision, options);
        if (options.rehearse) {
          const rehearsal = await rehearseClosing(ledger, close, meta);
          show(io, options, close, rehearsal);
          done(rehearsal.refusal ? 1 : 0);
          return;
        }
        // exactly what was rehearsed, or nothing: the book must be as it was when this began
        const result = await ledger.commands.run(close, { ...meta, ifMatch: revision });
        if (!result.ok) throw refusalOf(result.error);
        await keepCheckpoint(ledger);
        const { index, event } = result.value;
        if (options.json) printJson(io, { index, commandId: close.id, data: event.data });
        else io.stdout(`book ${book.unit} ${book.fiscalYear} is closed (event ${index})\n`);
      });
    });
}

function closingOf(state: BookState, revision: number, options: Options): CommandOf<'close-year'> {
  const { unit, fiscalYear } = state.id;
  const read = readCommand({
    command: 'close-year',
    // a book that is reopened may be closed again
    id: `close-${unit}-${fiscalYear}-${revision + 1}`,
    unit,
    fiscalYear,
    date: options.date ?? `${fiscalYear}-12-31`,
    reason: options.reason,
    carryover: options.carryover ? carryoverIn(options.carryover) : proposedClosing(state),
  });
  if (!read.ok) throw refusalOf(read.error);
  return read.value as CommandOf<'close-year'>;
}

/** The list itself, or what propose-closing prints. */
function carryoverIn(file: string): unknown {
  try {
    const json = JSON.parse(readFileSync(file, 'utf8')) as { carryover?: unknown };
    return Array.isArray(json) ? json : json.carryover;
  } catch (error) {
    throw new WrongUsage(`${file} is no JSON file: ${(error as Error).message}`);
  }
}

function show(
  io: Streams,
  { json }: Options,
  close: CommandOf<'close-year'>,
  { remainders, checks, refusal, reports }: ClosingRehearsal,
): void {
  if (json)
    return printJson(io, {
      command: close,
      remainders: remainders.map(remainderJson),
      checks,
      ...(refusal && { refusal }),
      reports: reports.map(toJson),
    });
  for (const r of remainders) io.stdout(`${remainderLine(r)}\n`);
  for (const { holds, blocks, check, message } of checks)
    io.stdout(`${holds ? 'holds' : blocks ? 'FAILS' : 'look at'}  ${check}: ${message}\n`);
  for (const report of reports) io.stdout(`\n${render(report, 'text')}\n`);
  io.stdout('\nThis was a rehearsal: nothing was stored.\n');
}

const remainderJson = (r: LineRemainder) => ({
  ...r.key,
  amount: formatFen(r.amountFen),
  executable: formatFen(r.executableFen),
  unreleased: formatFen(r.unreleasedFen),
  reserved: formatFen(r.reservedFen),
  proposed: Object.fromEntries([...r.byDefault].map(([kind, fen]) => [kind, formatFen(fen)])),
});

function remainderLine(r: LineRemainder): string {
  const { project, fund, origin } = r.key;
  const proposed = [...r.byDefault].map(([kind, fen]) => `${kind} ${formatFen(fen)}`);
  return `${project} ${fund} ${origin}: ${formatFen(r.amountFen)} → ${proposed.join(', ')}`;
}
