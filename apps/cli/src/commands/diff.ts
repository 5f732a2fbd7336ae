import type { Command } from 'commander';
import { readMoment, type AsOf } from '#projections';
import { compareReports, reportOf } from '#reports';
import { differenceLine } from '../difference-text.js';
import {
  bookOf,
  printJson,
  withLedger,
  WrongUsage,
  type BookOptions,
  type GlobalOptions,
  type Streams,
} from '../io.js';

interface Options extends GlobalOptions, BookOptions {
  readonly at: readonly string[];
}

export function diffCommand(program: Command, io: Streams): void {
  program
    .command('diff')
    .description('the cells of a report that two moments show differently, and the events between')
    .argument('<report>')
    .option('--unit <unit>')
    .option('--year <year>')
    .option(
      '--at <moment>',
      'a business date or a number of events known; given twice',
      (value: string, before: readonly string[]) => [...before, value],
      [] as readonly string[],
    )
    .action(async (name: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const book = bookOf(options);
      const [first, second, ...more] = options.at.map(momentOf);
      if (!first || !second || more.length > 0)
        throw new WrongUsage('diff compares two moments: --at A --at B');
      await withLedger(options, async (ledger) => {
        await ledger.catchUp();
        const [before, after] = [first, second].map((asOf) => reportOf(ledger, name, book, asOf));
        const differences = compareReports(before!, after!);
        const side = ({ asOf, logSize }: typeof before & object) => ({ asOf, logSize });
        if (options.json)
          printJson(io, {
            report: name,
            ...book,
            before: side(before!),
            after: side(after!),
            differences,
          });
        else {
          for (const d of differences) io.stdout(`${differenceLine(d)}\n`);
          io.stdout(`${differences.length} cells differ\n`);
        }
      });
    });
}

function momentOf(text: string): AsOf {
  const moment = readMoment(text);
  if (!moment)
    throw new WrongUsage(
      `${text} is no moment: a date like 2023-06-30, or a number of events like 18`,
    );
  return moment;
}
