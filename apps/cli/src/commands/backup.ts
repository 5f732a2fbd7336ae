import type { Command } from 'commander';
import { printJson, withLedger, type GlobalOptions, type Streams } from '../io.js';

export function backupCommand(program: Command, io: Streams): void {
  program
    .command('backup')
    .description('copy the log into a new file, also while others write')
    .argument('<out>')
    .action(async (out: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const size = await withLedger(options, async (ledger) => {
        await ledger.backup(out);
        return ledger.store.size();
      });
      if (options.json) printJson(io, { backup: out, logSize: size });
      else io.stdout(`log copied to ${out}\n`);
    });
}
