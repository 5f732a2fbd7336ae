import { createReadStream, existsSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import type { Command } from 'commander';
import type { Ledger } from '#projections';
import { importAtomically } from '../import/import-atomically.js';
import { importLines, isName, type People } from '../import/import-commands.js';
import { readLines } from '../import/lines.js';
import { printJson, withLedger, WrongUsage, type GlobalOptions, type Streams } from '../io.js';
import { progressBar, type Bar } from '../progress.js';

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
      const people = peopleOf(options);
      if (file !== '-' && (!existsSync(file) || statSync(file).isDirectory()))
        throw new WrongUsage(`there is no file ${file}`);
      const bar = progressBar(io, 'import');
      const source = file === '-' ? io.stdin : openFile(file, bar);
      const importInto = async (ledger: Ledger) => {
        const post = options.atomic ? importAtomically : importLines;
        const posted = await post(ledger, readLines(source), people);
        await ledger.catchUp();
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

function peopleOf({ actor, approvedBy }: Options): People {
  const people = {
    actor: actor ?? (process.env['FISCAL_ACTOR'] || systemUser()),
    ...(approvedBy !== undefined && { approvedBy }),
  };
  for (const name of Object.values(people))
    if (!isName(name)) throw new WrongUsage(`${JSON.stringify(name)} is not the name of a person`);
  return people;
}

function systemUser(): string {
  try {
    return userInfo().username;
  } catch {
    throw new WrongUsage('the system has no name for its user: --actor says who posts');
  }
}

/** The bytes of a file, also of a pipe that has a name. The bar follows them where the size is known. */
async function* openFile(file: string, bar: Bar): AsyncGenerator<Uint8Array> {
  const { size } = statSync(file);
  let read = 0;
  for await (const chunk of createReadStream(file) as AsyncIterable<Uint8Array>) {
    yield chunk;
    read += chunk.length;
    if (size > 0) bar.update(read, size);
  }
}
