import type { Command } from 'commander';
import { eventJson } from '#event-store';
import { eventLine } from '../event-text.js';
import {
  bookOf,
  knownBook,
  printJson,
  wholeNumber,
  withLedger,
  type BookOptions,
  type GlobalOptions,
  type Streams,
} from '../io.js';

interface Options extends GlobalOptions, BookOptions {
  readonly from?: string;
  readonly to?: string;
}

export function eventsCommand(program: Command, io: Streams): void {
  program
    .command('events')
    .description('the history, one event a line')
    .option('--unit <unit>')
    .option('--year <year>')
    .option('--from <n>', 'first index')
    .option('--to <n>', 'last index')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const book =
        options.unit === undefined && options.year === undefined ? undefined : bookOf(options);
      const from = wholeNumber('--from', options.from) ?? 0;
      const to = wholeNumber('--to', options.to) ?? Infinity;
      await withLedger(options, async (ledger) => {
        if (book) await knownBook(ledger, book);
        for await (const page of ledger.pages(book, { from, to })) {
          for (const e of page)
            if (options.json) printJson(io, eventJson(e));
            else io.stdout(`${eventLine(e)}\n`);
          await io.drained();
        }
      });
    });
}
