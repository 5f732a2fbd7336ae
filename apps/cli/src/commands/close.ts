import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { formatFen, type CommandOf, type LineRemainder } from '#domain';
import {
  closeCommandOf,
  rehearseClosing,
  remainderJson,
  render,
  toJson,
  type ClosingRehearsal,
} from '#reports';
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
        const known = await knownBook(ledger, book);
        const { date, reason, carryover: file } = options;
        const read = closeCommandOf(known, {
          ...(date !== undefined && { date }),
          reason,
          ...(file !== undefined && { carryover: carryoverIn(file) }),
        });
        if (!read.ok) throw refusalOf(read.error);
        const close = read.value;
        if (options.rehearse) {
          const rehearsal = await rehearseClosing(ledger, close, meta);
          show(io, options, close, rehearsal);
          done(rehearsal.refusal ? 1 : 0);
          return;
        }
        // exactly what was rehearsed, or nothing: the book must be as it was when this began
        const result = await ledger.commands.run(close, { ...meta, ifMatch: known.revision });
        if (!result.ok) throw refusalOf(result.error);
        await keepCheckpoint(ledger);
        const { index, event } = result.value;
        if (options.json) printJson(io, { index, commandId: close.id, data: event.data });
        else io.stdout(`book ${book.unit} ${book.fiscalYear} is closed (event ${index})\n`);
      });
    });
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

function remainderLine(r: LineRemainder): string {
  const { project, fund, origin } = r.key;
  const proposed = [...r.byDefault].map(([kind, fen]) => `${kind} ${formatFen(fen)}`);
  return `${project} ${fund} ${origin}: ${formatFen(r.amountFen)} → ${proposed.join(', ')}`;
}
