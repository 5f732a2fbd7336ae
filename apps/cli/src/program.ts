import { Command, CommanderError } from 'commander';
import { LedgerRefusal, type LedgerError } from '#domain';
import { StoreUnavailable } from '#event-store';
import { eventsCommand, replayCommand } from './commands/history.js';
import { importCommand } from './commands/import.js';
import { maintenanceCommands } from './commands/maintenance.js';
import { measureCommand } from './commands/measure.js';
import { explainCommand, reportCommand } from './commands/report.js';
import { printJson, WrongUsage, type Streams } from './io.js';

const REFUSED = 1;
const WRONG_USAGE = 2;

/** Runs one command line; answers 0 where all went well, 1 where something was refused, 2 for wrong usage. */
export async function run(args: readonly string[], io: Streams): Promise<number> {
  let code = 0;
  const done = (c: number) => (code = c);
  const program = new Command('fiscal')
    .description('the fiscal ledger')
    .option('--data <dir>', 'data directory', 'data')
    .option('--json', 'one JSON document on stdout and nothing else')
    .configureOutput({ writeOut: io.stdout, writeErr: io.stderr })
    .exitOverride();
  importCommand(program, io, done);
  measureCommand(program, io);
  reportCommand(program, io);
  explainCommand(program, io);
  eventsCommand(program, io);
  replayCommand(program, io);
  maintenanceCommands(program, io, done);
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    return failed(error, args.includes('--json'), io);
  }
}

function failed(error: unknown, json: boolean, io: Streams): number {
  // commander has said what is wrong, or has shown the help that was asked for
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : WRONG_USAGE;
  if (error instanceof WrongUsage) {
    io.stderr(`fiscal: ${error.message}\n`);
    return WRONG_USAGE;
  }
  const refusal = refusalIn(error);
  if (!refusal) throw error;
  if (json) printJson(io, { error: refusal });
  else io.stderr(`fiscal: ${refusal.code}: ${refusal.message}\n`);
  return REFUSED;
}

function refusalIn(error: unknown): LedgerError | undefined {
  if (error instanceof LedgerRefusal) return error.error;
  if (error instanceof StoreUnavailable)
    return { code: 'store-unavailable', message: error.message };
  return undefined;
}
