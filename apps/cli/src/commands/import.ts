import { createReadStream, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { importAtomically, importLines } from '../import/import-commands.js';
import { readLines } from '../import/lines.js';
import { printJson, withLedger, WrongUsage, type GlobalOptions, type Streams } from '../io.js';
import { progressBar } from '../progress.js';

interface Options extends GlobalOptions {
  readonly atomic?: boolean;
  readonly actor?: string;
  readonly approvedBy?: string;
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
      const source = file === '-' ? io.stdin : openFile(file);
      const actor = options.actor ?? process.env['FISCAL_ACTOR'] ?? userInfo().username;
      const people = {
        actor,
        ...(options.approvedBy !== undefined && { approvedBy: options.approvedBy }),
      };
      const bar = progressBar(io, 'import');
      const answer = await withLedger(options, async (ledger) => {
        const lines = readLines(source);
        const posted = options.atomic
          ? await importAtomically(ledger, lines, people)
          : await importLines(ledger, lines, people, (n) => bar.update(n, n));
        bar.stop();
        await ledger.catchUp();
        return posted;
      });
      if (options.json) printJson(io, answer);
      else {
        const { accepted, replayed, rejected } = answer;
        io.stdout(`${accepted} accepted, ${replayed} known already, ${rejected.length} rejected\n`);
        for (const r of rejected) io.stderr(`${r.code}: ${r.message}\n`);
      }
      done(answer.rejected.length > 0 ? 1 : 0);
    });
}

function openFile(file: string): AsyncIterable<Uint8Array> {
  if (!statSync(file, { throwIfNoEntry: false })?.isFile())
    throw new WrongUsage(`there is no file ${file}`);
  return createReadStream(file) as AsyncIterable<Uint8Array>;
}
