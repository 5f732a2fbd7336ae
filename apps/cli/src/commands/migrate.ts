import type { Command } from 'commander';
import { isConnectionString } from '#event-store';
import { migrate, type LedgerPlace } from '#projections';
import { printJson, type GlobalOptions, type Streams } from '../io.js';
import { progressBar } from '../progress.js';

interface Options extends GlobalOptions {
  readonly from: string;
  readonly to: string;
}

export function migrateCommand(program: Command, io: Streams): void {
  program
    .command('migrate')
    .description(
      'move log, checkpoints and names to another place, byte for byte; stopped, it goes on when run again',
    )
    .requiredOption('--from <place>', 'a data directory, or the connection string of a KurrentDB')
    .requiredOption('--to <place>', 'the same; new, or what an earlier run has left')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const bars = { copy: progressBar(io, 'copy'), compare: progressBar(io, 'compare') };
      const stop = () => Object.values(bars).forEach((bar) => bar.stop());
      const moved = await migrate(placeOf(options.from), placeOf(options.to), (step, ...at) => {
        bars[step === 'copy' ? 'compare' : 'copy'].stop();
        bars[step].update(...at);
      }).finally(stop);
      if (options.json) printJson(io, moved);
      else
        io.stdout(
          `${moved.events} events, ${moved.checkpoints} checkpoints and ${moved.subjects} names moved; ` +
            `both places were read again and have the root ${moved.root}\n`,
        );
    });
}

const placeOf = (text: string): LedgerPlace =>
  isConnectionString(text) ? { store: text } : { directory: text };
