import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import type { GlobalOptions } from '../io.js';

export function serveCommand(program: Command, done: (code: number) => void): void {
  program
    .command('serve')
    .description('serve the ledger over HTTP (PORT, HOST; loopback only)')
    .action(async (_: unknown, command: Command) => {
      const { data, store } = command.optsWithGlobals<GlobalOptions>();
      // not on its command line, which every user of the machine can read
      done(await serve(data, { ...process.env, ...(store && { FISCAL_STORE: store }) }));
    });
}

const LOOKS_FOR_PARENT_MS = 250;

/** Runs the API as a process of its own until it ends; answers its exit code. */
export function serve(data: string, env: NodeJS.ProcessEnv = process.env): Promise<number> {
  const main = fileURLToPath(new URL('../../../api/src/main.js', import.meta.url));
  const child = spawn(process.execPath, ['--enable-source-maps', main, '--data', data], {
    stdio: 'inherit',
    env,
  });
  const forward = (signal: NodeJS.Signals) => child.kill(signal);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, forward);
  // below `npm run` there is a shell between: a signal sent to npm ends those two and never gets here
  if (process.env['npm_lifecycle_event']) {
    const parent = process.ppid;
    setInterval(() => {
      if (process.ppid !== parent) child.kill('SIGTERM');
    }, LOOKS_FOR_PARENT_MS).unref();
  }
  return new Promise((resolve) => {
    child.on('exit', (code, signal) => resolve(code ?? (signal === 'SIGTERM' ? 0 : 1)));
    child.on('error', () => resolve(1));
  });
}
