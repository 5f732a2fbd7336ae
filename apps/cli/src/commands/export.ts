import type { Command } from 'commander';
import { printJson, withLedger, type GlobalOptions, type Streams } from '../io.js';
import { writeAuditPack } from '../pack/write-audit-pack.js';
import { progressBar } from '../progress.js';
import { signerOf, signingOption, type SigningOptions } from '../signing.js';

export function exportCommand(program: Command, io: Streams): void {
  const exporting = program.command('export').description('hand the ledger to others');
  signingOption(exporting.command('audit-pack'))
    .description('one zip with which an auditor proves everything offline, and its verifier')
    .argument('<out>', 'the zip to write')
    .action(async (out: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions & SigningOptions>();
      const bar = progressBar(io, 'export');
      const pack = await withLedger(options, (ledger) =>
        writeAuditPack(ledger, signerOf(options, ledger), out, bar.update),
      ).finally(bar.stop);
      if (options.json) printJson(io, { out, ...pack });
      else
        io.stdout(
          `${out}: ${pack.size} events, ${pack.checkpoints} checkpoints, ${pack.reports} reports\n`,
        );
    });
}
