import type { Command } from 'commander';
import type { Ledger } from '#projections';
import { importAtomically } from '../import/import-atomically.js';
import { importLines } from '../import/import-commands.js';
import { openSource } from '../import/open-source.js';
import { readLines } from '../import/lines.js';
import { printJson, withLedger, type GlobalOptions, type Streams } from '../io.js';
import { peopleOf, type PeopleOptions } from '../people.js';
import { progressBar } from '../progress.js';
import { keepCheckpoint } from '../signing.js';

interface Options extends GlobalOptions, PeopleOptions {
  readonly atomic?: boolean;
}

export function importCommand(program: Command, io: Streams, done: (code: number) => void): void {
  program
    .command('import')
    .description(
      'post commands, one JSON object a line; the id makes a second import change nothing',
    )
    .argument('<file>', 'NDJSON file, or - for standard input')
    .option('--atomic', 'all commands of a book, or none')
    .option('--actor <name>', 'who posts (default: FISCAL_ACTOR, or the user of the system)')
    .option('--approved-by <name>', 'who approved')
    .action(async (file: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const people = peopleOf(options);
      const bar = progressBar(io, 'import');
      const source = openSource(file, io, bar.update);
      const importInto = async (ledger: Ledger) => {
        const post = options.atomic ? importAtomically : importLines;
        const posted = await post(ledger, readLines(source), people);
        await ledger.catchUp();
        await keepCheckpoint(ledger);
        return posted;
      };
      const answer = await withLedger(options, importInto, { create: true }).finally(bar.stop);
      if (options.json) printJson(io, answer);
      else {
        const { accepted, replayed, rejected } = answer;
        io.stdout(`${accepted} accepted, ${replayed} known already, ${rejected.length} rejected\n`);
        for (const r of rejected) io.stderr(`fiscal: ${r.code}: ${r.message}\n`);
      }
      done(answer.rejected.length > 0 ? 1 : 0);
    });
}
