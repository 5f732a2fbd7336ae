import { existsSync, readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { verifyLog, type GivenCheckpoint, type Ledger } from '#projections';
import { printJson, withLedger, WrongUsage, type GlobalOptions, type Streams } from '../io.js';
import { progressBar } from '../progress.js';
import { signerOf, signingOption, verifierKeysIn, type SigningOptions } from '../signing.js';

interface Options extends GlobalOptions, SigningOptions {
  readonly checkpoint?: string;
  readonly key?: string;
  readonly logOnly?: boolean;
}

export function verifyCommand(program: Command, io: Streams, done: (code: number) => void): void {
  signingOption(program.command('verify'))
    .description('read every stored byte again, recompute the log and compare it with checkpoints')
    .option('--checkpoint <file>', 'a checkpoint that was kept elsewhere')
    .option('--key <file>', 'public keys that are trusted, one a line')
    .option('--log-only', 'leave out that the read models are built a second time and compared')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const outside = options.checkpoint === undefined ? undefined : kept(options.checkpoint);
      if (outside && options.key === undefined && options.signingKey === undefined)
        throw new WrongUsage('a checkpoint is checked with a key: --key FILE');
      const bar = progressBar(io, 'verify');
      const verification = await withLedger(options, async (ledger) => {
        const total = await ledger.store.size();
        const { checkpoints } = ledger.log;
        const own: GivenCheckpoint[] = [];
        for (const size of await checkpoints.sizes())
          own.push({ name: `checkpoint ${size}`, note: (await checkpoints.read(size))! });
        const keys =
          options.key !== undefined
            ? verifierKeysIn(options.key)
            : options.signingKey !== undefined
              ? [signerOf(options, ledger).verifier]
              : [];
        // without a key nothing can be said of signatures: then only the chain and the root are
        const given = keys.length ? [...own, ...(outside ? [outside] : [])] : [];
        const log = await verifyLog(ledger.store, given, keys, (at) => bar.update(at, total));
        const figures =
          options.logOnly || log.findings.length > 0 || (await readModelsHold(ledger));
        const message = 'the read models are not what the log gives: rebuild them';
        return figures ? log : { ...log, findings: [...log.findings, { message }] };
      }).finally(bar.stop);
      const { events, root, findings, checkpoints } = verification;
      if (options.json)
        printJson(io, { ...verification, outsideCheckpoint: outside !== undefined });
      else {
        for (const { message } of findings) io.stdout(`does not hold: ${message}\n`);
        io.stdout(
          `${events} events read again, root ${root}, ${checkpoints} checkpoints compared\n`,
        );
        if (!outside)
          io.stdout(
            'no checkpoint from outside was given: a log that was cut or hashed anew would not show\n',
          );
        io.stdout(findings.length ? `${findings.length} findings\n` : 'all of this holds\n');
      }
      done(findings.length ? 1 : 0);
    });
}

/** Where the log itself is damaged they may be impossible to build. */
async function readModelsHold(ledger: Ledger): Promise<boolean> {
  try {
    return await ledger.readModelsHold();
  } catch {
    return false;
  }
}

function kept(file: string): GivenCheckpoint {
  if (!existsSync(file)) throw new WrongUsage(`there is no file ${file}`);
  return { name: `the checkpoint ${file}`, note: readFileSync(file, 'utf8') };
}
