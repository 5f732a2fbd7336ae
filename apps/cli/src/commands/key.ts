import type { Command } from 'commander';
import { appendSystemEvent, sha256Hex } from '#event-store';
import { accessLogOrigin, createSigningKey, readSigningKey } from '#projections';
import { printJson, withLedger, type GlobalOptions, type Streams } from '../io.js';
import { peopleOf, type PeopleOptions } from '../people.js';
import { signerOf, signingOption, type SigningOptions } from '../signing.js';

export function keyCommand(program: Command, io: Streams): void {
  const key = program.command('key').description('the key that signs for the log');
  key
    .command('create')
    .description('make a key in a new file outside the data directory; prints the public key')
    .requiredOption('--out <file>', 'the new file, readable by its owner only')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions & { readonly out: string }>();
      await withLedger(
        options,
        (ledger) => {
          const publicKey = createSigningKey(options.out, ledger.store.origin, options.data);
          if (options.json) printJson(io, { publicKey });
          else io.stdout(`${publicKey}\n`);
        },
        { create: true },
      );
    });
  signingOption(key.command('show'))
    .description('print the public key, for those who verify')
    .option('--access-log', 'the one that is for the access log')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<
        GlobalOptions & SigningOptions & { readonly accessLog?: boolean }
      >();
      await withLedger(options, ({ store }) => {
        const origin = options.accessLog ? accessLogOrigin(store.origin) : store.origin;
        const publicKey = signerOf(options, origin).verifier.text;
        if (options.json) printJson(io, { publicKey });
        else io.stdout(`${publicKey}\n`);
      });
    });
  signingOption(key.command('rotate'))
    .description(
      'let another key sign from here on: an event names it, the old key signs over that',
    )
    .requiredOption('--to <file>', 'the file of the new key, made by `key create`')
    .requiredOption('--reason <text>')
    .option('--actor <name>', 'who rotates')
    .option('--approved-by <name>', 'who approved')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<
        GlobalOptions & SigningOptions & PeopleOptions & { to: string; reason: string }
      >();
      await withLedger(options, async (ledger) => {
        const old = signerOf(options, ledger.store.origin);
        const { verifier } = readSigningKey(options.to, ledger.store.origin);
        const { index } = await appendSystemEvent(
          ledger.store,
          'LogKeyRotated',
          {
            previousPublicKey: old.verifier.text,
            publicKey: verifier.text,
            reason: options.reason,
          },
          `rotate-${sha256Hex(verifier.text).slice(0, 16)}`,
          { ...peopleOf(options), recordedAt: new Date().toISOString() },
        );
        await ledger.catchUp();
        await ledger.log.checkpoint(old);
        if (options.json) printJson(io, { index, publicKey: verifier.text });
        else io.stdout(`${verifier.text} may sign from event ${index} on\n`);
      });
    });
}
