import type { Command } from 'commander';
import {
  bookOf,
  knownBook,
  printJson,
  refusalOf,
  withLedger,
  type BookOptions,
  type GlobalOptions,
  type Streams,
} from '../io.js';

export function prepareOpeningCommand(program: Command, io: Streams): void {
  program
    .command('prepare-opening')
    .description("next year's opening commands from a closed book, to be piped into import -")
    .option('--unit <unit>')
    .option('--year <year>')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions & BookOptions>();
      const book = bookOf(options);
      const opening = await withLedger(options, async (ledger) => {
        await knownBook(ledger, book);
        return ledger.nextYearOpening(book);
      });
      if (!opening.ok) throw refusalOf(opening.error);
      for (const c of opening.value) printJson(io, c);
    });
}
