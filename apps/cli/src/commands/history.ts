import type { Command } from 'commander';
import { emptyBook, evolve, formatFen, measureOfBook, type SumMeasure } from '#domain';
import { decodeEvent, eventJson } from '#event-store';
import {
  asOfOf,
  bookOf,
  printJson,
  wholeNumber,
  withLedger,
  type AsOfOptions,
  type GlobalOptions,
  type Streams,
} from '../io.js';
import { eventLine } from '../event-text.js';

interface Options extends GlobalOptions, AsOfOptions {
  readonly unit?: string;
  readonly year?: string;
}

const PAGE = 1000;

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
      const to = wholeNumber('--to', options.to) ?? Infinity;
      let from = wholeNumber('--from', options.from) ?? 0;
      await withLedger(options, async (ledger) => {
        for (;;) {
          const page = await ledger.history(book, { from, to, limit: PAGE });
          for (const e of page)
            if (options.json) printJson(io, eventJson(e));
            else io.stdout(`${eventLine(e)}\n`);
          if (page.length < PAGE) return;
          from = page.at(-1)!.index + 1;
        }
      });
    });
}

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
    .option('--known-at <n>', 'as known when the log had n events')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const book = bookOf(options);
      const { knownAt = Infinity } = asOfOf(options);
      await withLedger(options, async (ledger) => {
        await ledger.catchUp();
        ledger.figures(book, {}); // an unknown book is said to be unknown
        let state = emptyBook(book);
        for (let from = 0; ;) {
          const page = await ledger.history(book, { from, to: knownAt - 1, limit: PAGE });
          for (const stored of page) {
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
          if (page.length < PAGE) return;
          from = page.at(-1)!.index + 1;
        }
      });
    });
}
