import type { Command } from 'commander';
import { emptyBook, evolve, formatFen, measureOfBook, type SumMeasure } from '#domain';
import { decodeEvent, eventJson } from '#event-store';
import { eventLine } from '../event-text.js';
import { pagesOf } from '../history-pages.js';
import {
  asOfOf,
  bookOf,
  printJson,
  withLedger,
  type AsOfOptions,
  type BookOptions,
  type GlobalOptions,
  type Streams,
} from '../io.js';

const RUNNING = [
  'fullYearBudget',
  'executable',
  'unreleasedCarryover',
  'reserved',
  'expenditure',
  'carryoverOut',
] as const satisfies readonly SumMeasure[];

export function replayCommand(program: Command, io: Streams): void {
  program
    .command('replay')
    .description('the history of a book with its running figures after each event')
    .option('--unit <unit>')
    .option('--year <year>')
    .option('--to <date>', 'only events up to this business date')
    .option('--known-at <n>', 'as known when the log had n events')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions & BookOptions & AsOfOptions>();
      const book = bookOf(options);
      const asOf = asOfOf(options);
      await withLedger(options, async (ledger) => {
        await ledger.catchUp();
        const { logSize } = ledger.figures(book, asOf); // refuses an unknown book and a bad moment
        let state = emptyBook(book);
        for await (const page of pagesOf(ledger, book, { from: 0, to: logSize - 1 })) {
          for (const stored of page) {
            if (asOf.to !== undefined && stored.date > asOf.to) continue;
            state = evolve(state, decodeEvent(stored));
            const figures = Object.fromEntries(
              RUNNING.map((m) => [m, formatFen(measureOfBook(state, m))]),
            );
            if (options.json) printJson(io, { ...eventJson(stored), figures });
            else
              io.stdout(
                `${eventLine(stored)}\n        ${RUNNING.map((m) => `${m} ${figures[m]}`).join('  ')}\n`,
              );
          }
          await io.drained();
        }
      });
    });
}
