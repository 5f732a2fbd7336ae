import type { Command } from 'commander';
import { readCommand, type BookId } from '#domain';
import {
  approveProposal,
  detailOfProposal,
  knownProposal,
  viewOfProposal,
  type Ledger,
  type ProposalView,
} from '#projections';
import {
  bookOf,
  knownBook,
  printJson,
  refusalOf,
  withLedger,
  WrongUsage,
  type BookOptions,
  type GlobalOptions,
  type Streams,
} from '../io.js';
import { peopleOf, type PeopleOptions } from '../people.js';
import { proposalLine, proposalText } from '../proposal-text.js';
import { keepCheckpoint } from '../signing.js';

const STATES = ['open', 'returned', 'withdrawn', 'approved', 'all'];

interface Options extends GlobalOptions, BookOptions, PeopleOptions {
  readonly state: string;
  readonly hash: string;
  readonly reason?: string;
}

/** Proposals of one book, and what a second person says of them. */
export function proposalsCommand(program: Command, io: Streams): void {
  const proposals = program.command('proposals').description('what waits for a second person');
  const sub = (name: string, description: string): Command =>
    proposals
      .command(name)
      .description(description)
      .option('--unit <unit>')
      .option('--year <year>');
  const about = (name: string, description: string): Command =>
    sub(name, description).argument('<id>').option('--actor <name>', 'who does it');
  const shown = ['--hash <hash>', 'of what was looked at, as show prints it'] as const;

  sub('list', 'the proposals of a book, oldest first')
    .option('--state <state>', STATES.join(', '), 'open')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const { state } = options;
      if (!STATES.includes(state))
        throw new WrongUsage(`--state is one of ${STATES.join(', ')}, not ${state}`);
      const list = await withLedger(options, (ledger) => proposalsOf(ledger, options));
      if (options.json) printJson(io, { proposals: list });
      else for (const proposal of list) io.stdout(`${proposalLine(proposal)}\n`);
    });

  sub('show', 'one proposal: what it would do, who did what to it, and the hash to approve')
    .argument('<id>')
    .action(async (id: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const detail = await withLedger(options, async (ledger) => {
        const { state } = await knownBook(ledger, bookOf(options));
        return detailOfProposal(ledger, state, knownProposal(state, id), new Date());
      });
      if (options.json) printJson(io, detail);
      else io.stdout(`${proposalText(detail)}\n`);
    });

  about('approve', 'post what was proposed; by another than who proposed or revised it')
    .requiredOption(...shown)
    .action(async (approved: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const { actor: approvedBy } = peopleOf(options);
      const by = { approvedBy, hash: options.hash, recordedAt: new Date().toISOString() };
      const recorded = await withLedger(options, async (ledger) => {
        const book = bookOf(options);
        await knownBook(ledger, book);
        const answer = await approveProposal(ledger, book, approved, by);
        // an approved close is a close
        if (answer.event.type === 'YearClosed') await keepCheckpoint(ledger);
        return answer;
      });
      const { index, event, actor } = recorded;
      if (options.json) printJson(io, { index, type: event.type, id: approved, actor, approvedBy });
      else io.stdout(`${approved} is posted as ${event.type} (event ${index})\n`);
    });

  about('return', 'give a proposal back to who made it')
    .requiredOption(...shown)
    .requiredOption('--reason <text>', 'why')
    .action(async (id: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const { hash, reason } = options;
      await settle(io, options, id, { command: 'return-proposal', hash, reason });
    });

  about('withdraw', 'take a proposal back for good')
    .option('--reason <text>', 'why')
    .action(async (id: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const { reason } = options;
      await settle(io, options, id, {
        command: 'withdraw-proposal',
        ...(reason !== undefined && { reason }),
      });
    });
}

async function proposalsOf(ledger: Ledger, options: Options): Promise<readonly ProposalView[]> {
  const { state } = await knownBook(ledger, bookOf(options));
  const found = [...state.proposals.values()]
    .filter((p) => options.state === 'all' || p.state === options.state)
    .sort((a, b) => a.revisions[0]! - b.revisions[0]!);
  const now = new Date();
  const views: ProposalView[] = [];
  for (const proposal of found) views.push(await viewOfProposal(ledger, state, proposal, now));
  return views;
}

interface Settling {
  readonly command: 'return-proposal' | 'withdraw-proposal';
  readonly [field: string]: unknown;
}

/** On the day of the posting; the id is of this step of the book, so that a second try is not a repetition. */
async function settle(io: Streams, options: Options, id: string, body: Settling): Promise<void> {
  const book: BookId = bookOf(options);
  const people = peopleOf(options);
  const index = await withLedger(options, async (ledger) => {
    const { state, revision } = await knownBook(ledger, book);
    const { date } = knownProposal(state, id).posting;
    const read = readCommand({
      ...body,
      ...book,
      id: `${body.command}-${revision + 1}`,
      date,
      proposal: id,
    });
    if (!read.ok) throw refusalOf(read.error);
    const meta = { ...people, recordedAt: new Date().toISOString(), ifMatch: revision };
    const result = await ledger.commands.run(read.value, meta);
    if (!result.ok) throw refusalOf(result.error);
    return result.value.index;
  });
  const state = body.command === 'return-proposal' ? 'returned' : 'withdrawn';
  if (options.json) printJson(io, { index, id, state });
  else io.stdout(`${id} is ${state} (event ${index})\n`);
}
