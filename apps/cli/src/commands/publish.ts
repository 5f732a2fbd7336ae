import type { Command } from 'commander';
import { readCommand } from '#domain';
import { figuresHashOf, publicationsOf, reportOf } from '#reports';
import { differenceLine } from '../difference-text.js';
import {
  bookOf,
  knownBook,
  printJson,
  refusalOf,
  withLedger,
  type BookOptions,
  type GlobalOptions,
  type Streams,
} from '../io.js';
import { peopleOf, type PeopleOptions } from '../people.js';
import { signerOf, signingOption, type SigningOptions } from '../signing.js';

type Options = GlobalOptions & BookOptions & PeopleOptions & SigningOptions;

export function publishCommand(program: Command, io: Streams): void {
  signingOption(program.command('publish'))
    .description(
      'record that a report is published: the hash of its figures and a signed checkpoint',
    )
    .argument('<report>')
    .option('--unit <unit>')
    .option('--year <year>')
    .requiredOption('--date <date>', 'the day of the publication')
    .option('--actor <name>', 'who publishes')
    .option('--approved-by <name>', 'who approved')
    .action(async (name: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options & { readonly date: string }>();
      const book = bookOf(options);
      const people = peopleOf(options);
      await withLedger(options, async (ledger) => {
        const signer = signerOf(options, ledger.store.origin);
        await ledger.catchUp();
        const { revision } = await knownBook(ledger, book);
        const report = reportOf(ledger, name, book, {});
        const figuresHash = figuresHashOf(report);
        const read = readCommand({
          command: 'publish-report',
          id: `publish-${name}-${book.unit}-${book.fiscalYear}-${revision + 1}`,
          ...book,
          date: options.date,
          report: name,
          figuresHash,
          logSize: report.logSize,
          checkpoint: await ledger.log.checkpoint(signer),
        });
        if (!read.ok) throw refusalOf(read.error);
        const meta = { ...people, recordedAt: new Date().toISOString(), ifMatch: revision };
        const result = await ledger.commands.run(read.value, meta);
        if (!result.ok) throw refusalOf(result.error);
        await ledger.catchUp();
        await ledger.log.checkpoint(signer);
        const { index } = result.value;
        if (options.json) printJson(io, { index, figuresHash, logSize: report.logSize });
        else io.stdout(`${name} is published (event ${index}), figures ${figuresHash}\n`);
      });
    });
}

export function publicationsCommand(program: Command, io: Streams): void {
  program
    .command('publications')
    .description(
      'the reports of a book that were published, and which of their figures changed since',
    )
    .option('--unit <unit>')
    .option('--year <year>')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const book = bookOf(options);
      await withLedger(options, async (ledger) => {
        await ledger.catchUp();
        const publications = await publicationsOf(ledger, book);
        if (options.json) return printJson(io, publications);
        for (const { date, report, index, logSize, reproduced, changed } of publications) {
          const stands = reproduced ? 'reproduced' : 'NOT reproduced from the log';
          io.stdout(
            `${date} ${report} (event ${index}, log ${logSize}): ${stands}, ${changed.length} cells are others now\n`,
          );
          for (const difference of changed) io.stdout(`  ${differenceLine(difference)}\n`);
        }
      });
    });
}
