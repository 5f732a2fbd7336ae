import type { Command } from 'commander';
import { printJson, withLedger, type GlobalOptions, type Streams } from '../io.js';
import { progressBar } from '../progress.js';

interface Options extends GlobalOptions {
  readonly projection?: string;
}

export function rebuildCommand(program: Command, io: Streams): void {
  program
    .command('rebuild')
    .description('throw the read models away and build them from the log')
    .option('--projection <name>', 'only this one')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const { projection } = options;
      const bar = progressBar(io, 'rebuild');
      const events = await withLedger(options, (ledger) =>
        ledger.rebuild({
          ...(projection !== undefined && { projection }),
          onProgress: bar.update,
        }),
      ).finally(bar.stop);
      if (options.json) printJson(io, { events });
      else io.stdout(`read models rebuilt from ${events} events\n`);
    });
}
