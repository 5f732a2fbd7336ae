import type { Command } from 'commander';
import { LedgerRefusal } from '#domain';
import { appendSystemEvent } from '#event-store';
import type { Ledger } from '#projections';
import { printJson, withLedger, WrongUsage, type GlobalOptions, type Streams } from '../io.js';
import { peopleOf, type PeopleOptions } from '../people.js';
import { keepCheckpoint } from '../signing.js';
import { FINDING } from '../sentences.js';

interface Options extends GlobalOptions, PeopleOptions {
  readonly name?: string;
  readonly reason: string;
}

export function eraseSubjectCommand(program: Command, io: Streams): void {
  program
    .command('erase-subject')
    .description("forget a payee's name for good; every event, figure and proof stays as it is")
    .argument('[subject]', 'the id that the events have in the place of the name')
    .option('--name <name>', 'the name itself, where the id is not at hand')
    .requiredOption('--reason <text>')
    .option('--actor <name>', 'who erases')
    .option('--approved-by <name>', 'who approved')
    .action(async (given: string | undefined, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      if ((given === undefined) === (options.name === undefined))
        throw new WrongUsage('erase-subject needs either a subject or --name');
      const people = peopleOf(options);
      await withLedger(options, async (ledger) => {
        const subject = given ?? subjectOf(ledger, options.name!);
        if (ledger.vault.nameOf(subject) === undefined && !(await wasErased(ledger, subject)))
          throw LedgerRefusal.of('unknown-subject', FINDING.noSubject({ subject }));
        // the event first: where it cannot be recorded that something was erased, nothing is
        const { index } = await appendSystemEvent(
          ledger.store,
          'PersonalDataErased',
          { subject, reason: options.reason },
          `erase-${subject}`,
          { ...people, recordedAt: new Date().toISOString() },
        );
        await ledger.eraseSubject(subject);
        await ledger.catchUp();
        await keepCheckpoint(ledger);
        if (options.json) printJson(io, { subject, index });
        else io.stdout(`the name behind ${subject} is erased (event ${index})\n`);
      });
    });
}

function subjectOf(ledger: Ledger, name: string): string {
  const found = ledger.vault.find(name);
  if (!found) throw LedgerRefusal.of('unknown-subject', FINDING.noName());
  return found.subject;
}

/** Told already, and maybe cut off before the vault had done it: then it is done now. */
const wasErased = async (ledger: Ledger, subject: string): Promise<boolean> =>
  (await ledger.store.findCommand('personal-data', `erase-${subject}`)) !== undefined;
