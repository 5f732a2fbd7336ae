import type { Command } from 'commander';
import { MemoryVault } from '#event-store';
import { printJson, withLedger, type GlobalOptions, type Streams } from '../io.js';
import { writeAuditPack } from '../pack/write-audit-pack.js';
import { progressBar } from '../progress.js';
import { signerOf, signingOption, type SigningOptions } from '../signing.js';

interface Options extends GlobalOptions, SigningOptions {
  readonly withNames?: boolean;
}

export function exportCommand(program: Command, io: Streams): void {
  const exporting = program.command('export').description('hand the ledger to others');
  signingOption(exporting.command('audit-pack'))
    .description('one zip with which an auditor proves everything offline, and its verifier')
    .argument('<out>', 'the zip to write')
    .option(
      '--with-names',
      'let the pack have the names of payees; without, registers show their subjects',
    )
    .action(async (out: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const bar = progressBar(io, 'export');
      const pack = await withLedger(
        options,
        (ledger) => writeAuditPack(ledger, signerOf(options, ledger.store.origin), out, bar.update),
        // a vault that knows nobody: whatever is written into the pack, no name can be
        options.withNames ? {} : { vault: new MemoryVault() },
      ).finally(bar.stop);
      if (options.json) printJson(io, { out, ...pack });
      else
        io.stdout(
          `${out}: ${pack.size} events, ${pack.checkpoints} checkpoints, ${pack.reports} reports\n`,
        );
    });
}
