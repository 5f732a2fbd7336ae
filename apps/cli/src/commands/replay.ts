import type { Command } from 'commander';
import { eventJson } from '#event-store';
import { RUNNING_MEASURES } from '#projections';
import { eventLine } from '../event-text.js';
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
      await withLedger(options, async (ledger) => {
        await ledger.catchUp();
        for await (const { stored, figures } of ledger.replay(book, asOfOf(options))) {
          if (options.json) printJson(io, { ...eventJson(stored), figures });
          else
            io.stdout(
              `${eventLine(stored)}\n        ${RUNNING_MEASURES.map((m) => `${m} ${figures[m]}`).join('  ')}\n`,
            );
          await io.drained();
        }
      });
    });
}
