import type { Command } from 'commander';
import { LedgerRefusal, type BookId } from '#domain';
import type { Ledger } from '#projections';
import { compareReports, render, reportOf, toJson, type Report } from '#reports';
import { differenceLine } from '../difference-text.js';
import { given, importLines } from '../import/import-commands.js';
import { openSource } from '../import/open-source.js';
import { readLines, type Line } from '../import/lines.js';
import {
  bookOf,
  printJson,
  wholeNumber,
  withLedger,
  WrongUsage,
  type BookOptions,
  type GlobalOptions,
  type Streams,
} from '../io.js';

interface Options extends GlobalOptions, BookOptions {
  readonly at?: string;
}

const PEOPLE = { actor: 'what-if', approvedBy: 'what-if-2' };

export function whatIfCommand(program: Command, io: Streams): void {
  program
    .command('what-if')
    .description('post commands in memory only and show a report beside the real one')
    .argument('<file>', 'NDJSON, - for standard input')
    .argument('<report>')
    .option('--unit <unit>', 'the book of the report; by default the one that the file is about')
    .option('--year <year>')
    .option('--at <n>', 'on top of the first n events of the log; by default of all')
    .action(async (file: string, name: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const at = wholeNumber('--at', options.at);
      const lines: Line[] = [];
      for await (const line of readLines(openSource(file, io))) lines.push(line);
      const books = booksOf(lines);
      const book =
        options.unit === undefined && options.year === undefined ? books[0] : bookOf(options);
      if (!book) throw new WrongUsage('the file names no book; --unit and --year do');
      await withLedger(options, async (ledger) => {
        await ledger.catchUp();
        const from = at ?? (await ledger.store.size());
        const branch = await ledger.branch([...books, book], from);
        try {
          const posted = await importLines(branch, each(lines), PEOPLE);
          await branch.catchUp();
          const real = realOne(ledger, name, book, from);
          const report = reportOf(branch, name, book, {});
          const differences = real ? compareReports(real, report) : [];
          if (options.json)
            printJson(io, { at: from, ...posted, report: toJson(report), differences });
          else {
            for (const r of posted.rejected)
              io.stdout(`would be refused: ${r.code}: ${r.message}\n`);
            io.stdout(`${render(report, 'text')}\n\n`);
            for (const d of differences) io.stdout(`${differenceLine(d)}\n`);
            io.stdout(
              `${posted.accepted} would be taken on top of ${from} events, ${posted.rejected.length} refused; ` +
                `${real ? `${differences.length} cells differ from the real report` : 'there is no such book in reality'}; nothing was stored\n`,
            );
          }
        } finally {
          await branch.close();
        }
      });
    });
}

async function* each(lines: readonly Line[]): AsyncGenerator<Line> {
  yield* lines;
}

function booksOf(lines: readonly Line[]): readonly BookId[] {
  return lines.flatMap((line) => {
    const { command } = given(line, PEOPLE);
    if (!command.ok) return [];
    const { unit, fiscalYear } = command.value;
    return [{ unit, fiscalYear }];
  });
}

/** The report without the commands; none where there is no such book yet. */
function realOne(ledger: Ledger, name: string, book: BookId, at: number): Report | undefined {
  try {
    return reportOf(ledger, name, book, { knownAt: at });
  } catch (error) {
    if (error instanceof LedgerRefusal && error.error.code === 'unknown-book') return undefined;
    throw error;
  }
}
