import { Command, CommanderError } from 'commander';
import { errorOf, LedgerRefusal, type LedgerError } from '#domain';
import { StoreUnavailable } from '#event-store';
import { accountCommand } from './commands/account.js';
import { backupCommand } from './commands/backup.js';
import { checkpointCommand } from './commands/checkpoint.js';
import { closeCommand } from './commands/close.js';
import { diffCommand } from './commands/diff.js';
import { eraseSubjectCommand } from './commands/erase-subject.js';
import { eventsCommand } from './commands/events.js';
import { explainCommand } from './commands/explain.js';
import { exportCommand } from './commands/export.js';
import { importCommand } from './commands/import.js';
import { keyCommand } from './commands/key.js';
import { measureCommand } from './commands/measure.js';
import { migrateCommand } from './commands/migrate.js';
import { prepareOpeningCommand } from './commands/prepare-opening.js';
import { proposalsCommand } from './commands/proposals.js';
import { proposeClosingCommand } from './commands/propose-closing.js';
import { proveCommand } from './commands/prove.js';
import { publicationsCommand, publishCommand } from './commands/publish.js';
import { rebuildCommand } from './commands/rebuild.js';
import { replayCommand } from './commands/replay.js';
import { reportCommand } from './commands/report.js';
import { serveCommand } from './commands/serve.js';
import { verifyCommand } from './commands/verify.js';
import { whatIfCommand } from './commands/what-if.js';
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
    .option('--store <url>', 'connection string of a KurrentDB (default: FISCAL_STORE)')
    .option('--json', 'one JSON document on stdout and nothing else')
    .configureOutput({ writeOut: io.stdout, writeErr: io.stderr })
    .exitOverride();
  importCommand(program, io, done);
  measureCommand(program, io);
  reportCommand(program, io);
  explainCommand(program, io);
  eventsCommand(program, io);
  replayCommand(program, io);
  diffCommand(program, io);
  whatIfCommand(program, io);
  proposalsCommand(program, io);
  proposeClosingCommand(program, io);
  closeCommand(program, io, done);
  prepareOpeningCommand(program, io);
  publishCommand(program, io);
  publicationsCommand(program, io);
  keyCommand(program, io);
  checkpointCommand(program, io);
  proveCommand(program, io);
  verifyCommand(program, io, done);
  exportCommand(program, io);
  eraseSubjectCommand(program, io);
  accountCommand(program, io);
  rebuildCommand(program, io);
  backupCommand(program, io);
  migrateCommand(program, io);
  serveCommand(program, done);
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    return failed(error, args.includes('--json'), io);
  }
}

function failed(error: unknown, json: boolean, io: Streams): number {
  if (error instanceof CommanderError && error.exitCode === 0) return 0; // help, and it was asked for
  const usage = wrongUsageIn(error);
  if (usage !== undefined) {
    if (json) printJson(io, { error: { code: 'invalid-query', message: usage } });
    // commander has said it already
    else if (!(error instanceof CommanderError)) io.stderr(`fiscal: ${usage}\n`);
    return WRONG_USAGE;
  }
  const refusal = refusalIn(error);
  if (!refusal) throw error;
  if (json) printJson(io, { error: refusal });
  else io.stderr(`fiscal: ${refusal.code}: ${refusal.message}\n`);
  return REFUSED;
}

/** What is wrong with the words of the command line, or with a file that they name. */
function wrongUsageIn(error: unknown): string | undefined {
  if (error instanceof CommanderError)
    return error.code === 'commander.help' ? 'a command is needed' : error.message;
  if (error instanceof WrongUsage) return error.message;
  return isFileError(error) ? error.message : undefined;
}

const isFileError = (error: unknown): error is NodeJS.ErrnoException =>
  typeof error === 'object' && error !== null && 'syscall' in error && 'path' in error;

function refusalIn(error: unknown): LedgerError | undefined {
  if (error instanceof LedgerRefusal) return error.error;
  if (error instanceof StoreUnavailable) return errorOf('store-unavailable', error.sentence);
  return undefined;
}
