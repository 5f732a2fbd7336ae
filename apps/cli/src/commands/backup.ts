import type { Command } from 'commander';
import { printJson, withLedger, type GlobalOptions, type Streams } from '../io.js';

interface Options extends GlobalOptions {
  readonly vault?: string;
}

export function backupCommand(program: Command, io: Streams): void {
  program
    .command('backup')
    .description('copy the log into a new file, also while others write')
    .argument('<out>')
    .option('--vault <file>', 'copy the names of payees as well, into another new file')
    .action(async (out: string, _: unknown, command: Command) => {
      const { vault, ...options } = command.optsWithGlobals<Options>();
      const size = await withLedger(options, async (ledger) => {
        await ledger.backup(out);
        // after the log: so it has every name that the copy of the log refers to
        if (vault !== undefined) await ledger.backupVault(vault);
        return ledger.store.size();
      });
      if (options.json) printJson(io, { backup: out, ...(vault && { vault }), logSize: size });
      else {
        io.stdout(`log copied to ${out}\n`);
        if (vault !== undefined) io.stdout(`names copied to ${vault}\n`);
      }
    });
}
