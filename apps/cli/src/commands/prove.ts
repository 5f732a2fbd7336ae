import type { Command } from 'commander';
import { LedgerRefusal } from '#domain';
import { leafHex } from '#event-store';
import {
  printJson,
  wholeNumber,
  withLedger,
  WrongUsage,
  type GlobalOptions,
  type Streams,
} from '../io.js';
import { FINDING } from '../sentences.js';

export function proveCommand(program: Command, io: Streams): void {
  program
    .command('prove')
    .description('the proof that one event lies in the log (RFC 9162 inclusion)')
    .argument('<index>')
    .option('--size <n>', 'in the log of its first n events; by default all')
    .action(async (indexText: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions & { readonly size?: string }>();
      const index = wholeNumber('INDEX', indexText);
      if (index === undefined) throw new WrongUsage('prove needs the index of an event');
      await withLedger(options, async (ledger) => {
        const position = await ledger.catchUp();
        const size = wholeNumber('--size', options.size) ?? position;
        const proof = ledger.log.inclusionProof(index, size);
        const [stored] = await ledger.store.readLog(index, 1);
        if (!stored) throw LedgerRefusal.of('invalid-query', FINDING.noEvent({ index }));
        printJson(io, {
          index,
          size,
          leaf: leafHex(stored.envelope),
          proof: proof.map(hex),
          root: hex(ledger.log.root(size)),
          envelope: stored.envelope,
        });
      });
    });
}

const hex = (hash: Uint8Array): string => Buffer.from(hash).toString('hex');
