import type { Command } from 'commander';
import { proposedClosing } from '#domain';
import {
  bookOf,
  knownBook,
  printJson,
  withLedger,
  type BookOptions,
  type GlobalOptions,
  type Streams,
} from '../io.js';

export function proposeClosingCommand(program: Command, io: Streams): void {
  program
    .command('propose-closing')
    .description('the carryover of a close-year command, as the rule proposes it')
    .option('--unit <unit>')
    .option('--year <year>')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions & BookOptions>();
      const book = bookOf(options);
      const carryover = await withLedger(options, async (ledger) =>
        proposedClosing((await knownBook(ledger, book)).state),
      );
      printJson(io, { ...book, carryover });
    });
}
