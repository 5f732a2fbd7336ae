import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { printJson, withLedger, type GlobalOptions, type Streams } from '../io.js';
import { signerOf, signingOption, type SigningOptions } from '../signing.js';

export function checkpointCommand(program: Command, io: Streams): void {
  signingOption(program.command('checkpoint'))
    .description('sign the log as it is now, to be kept elsewhere')
    .option('--out <file>', 'write it to a file as well')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<
        GlobalOptions & SigningOptions & { readonly out?: string }
      >();
      await withLedger(options, async (ledger) => {
        const signer = signerOf(options, ledger.store.origin);
        const size = await ledger.catchUp();
        const checkpoint = await ledger.log.checkpoint(signer);
        if (options.out !== undefined) writeFileSync(options.out, checkpoint);
        const root = Buffer.from(ledger.log.root(size)).toString('hex');
        if (options.json) printJson(io, { size, root, checkpoint });
        else io.stdout(checkpoint);
      });
    });
}
