import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { proposedClosing } from '#domain';
import {
  bookOf,
  printJson,
  refusalOf,
  withLedger,
  type GlobalOptions,
  type Streams,
} from '../io.js';
import { progressBar } from '../progress.js';

interface Options extends GlobalOptions {
  readonly unit?: string;
  readonly year?: string;
  readonly projection?: string;
}

/** Commands that keep the ledger, and that prepare what is posted by rule. */
export function maintenanceCommands(
  program: Command,
  io: Streams,
  done: (code: number) => void,
): void {
  program
    .command('rebuild')
    .description('throw the read models away and build them from the log')
    .option('--projection <name>', 'only this one')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const bar = progressBar(io, 'rebuild');
      const events = await withLedger(options, (ledger) =>
        ledger.rebuild({
          ...(options.projection !== undefined && { projection: options.projection }),
          onProgress: bar.update,
        }),
      );
      bar.stop();
      if (options.json) printJson(io, { events });
      else io.stdout(`read models rebuilt from ${events} events\n`);
    });

  program
    .command('backup')
    .description('copy the log into a new file, also while others write')
    .argument('<out>')
    .action(async (out: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const size = await withLedger(options, async (ledger) => {
        await ledger.backup(out);
        return ledger.store.size();
      });
      if (options.json) printJson(io, { backup: out, logSize: size });
      else io.stdout(`log copied to ${out}\n`);
    });

  program
    .command('propose-closing')
    .description('the carryover of a close-year command, as the rule proposes it')
    .option('--unit <unit>')
    .option('--year <year>')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const book = bookOf(options);
      const carryover = await withLedger(options, async (ledger) => {
        const { state } = await ledger.commands.bookState(book);
        return proposedClosing(state);
      });
      printJson(io, { ...book, carryover });
    });

  program
    .command('prepare-opening')
    .description("next year's opening commands from a closed book, to be piped into import -")
    .option('--unit <unit>')
    .option('--year <year>')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const book = bookOf(options);
      const opening = await withLedger(options, (ledger) => ledger.nextYearOpening(book));
      if (!opening.ok) throw refusalOf(opening.error);
      for (const c of opening.value) printJson(io, c);
    });

  program
    .command('serve')
    .description('serve the ledger over HTTP (PORT, HOST; loopback only)')
    .action(async (_: unknown, command: Command) => {
      done(await serve(command.optsWithGlobals<Options>().data));
    });
}

/** Runs the API as a process of its own until it ends; answers its exit code. */
export function serve(data: string, env: NodeJS.ProcessEnv = process.env): Promise<number> {
  const main = fileURLToPath(new URL('../../../api/src/main.js', import.meta.url));
  const child = spawn(process.execPath, ['--enable-source-maps', main, '--data', data], {
    stdio: 'inherit',
    env,
  });
  const forward = (signal: NodeJS.Signals) => child.kill(signal);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, forward);
  return new Promise((resolve) => {
    child.on('exit', (code, signal) => resolve(code ?? (signal === 'SIGTERM' ? 0 : 1)));
    child.on('error', () => resolve(1));
  });
}
