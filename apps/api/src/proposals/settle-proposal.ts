import { Inject } from '@nestjs/common';
import {
  Command,
  CommandBus,
  CommandHandler,
  type ICommandHandler,
  type QueryBus,
} from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { streamOfBook, type BookId, type CommandName } from '#domain';
import type { Recorded } from '#event-store';
import { knownProposal, Ledger } from '#projections';
import { PostCommand } from '../books/post-command.js';
import { dayOf } from '../calendar.js';
import type { ProposalDetailDto } from '../dto/proposals.js';
import type { People } from '../http/headers.js';
import { GetProposal, knownBook } from './proposal-queries.js';
import { answerIn } from '../http/language.js';

/** What is done to a proposal other than approving it, or to the rule of the book. */
export class SettleProposal extends Command<Recorded> {
  constructor(
    readonly command: Extract<
      CommandName,
      'revise-proposal' | 'return-proposal' | 'withdraw-proposal' | 'set-approval-rule'
    >,
    readonly book: BookId,
    /** None for the rule. */
    readonly proposal: string | undefined,
    readonly body: Readonly<Record<string, unknown>>,
    readonly key: string,
    readonly people: People,
    readonly ifMatch?: number,
  ) {
    super();
  }
}

@CommandHandler(SettleProposal)
export class SettleProposalHandler implements ICommandHandler<SettleProposal> {
  constructor(
    @Inject(Ledger) private readonly ledger: Ledger,
    private readonly bus: CommandBus,
  ) {}

  async execute(settle: SettleProposal): Promise<Recorded> {
    const { command, book, proposal, body, key: id, people, ifMatch } = settle;
    const date = await this.#dateOf(settle);
    const input = {
      ...body,
      command,
      id,
      ...book,
      date,
      ...(proposal !== undefined && { proposal }),
    };
    return this.bus.execute(new PostCommand(input, people, ifMatch));
  }

  /**
   * Nobody dates what is done to a proposal: it counts on the day of the posting, the rule on the day it is set. The
   * same key again has the day of the first time, or it would be another command.
   */
  async #dateOf({ book, key, proposal }: SettleProposal): Promise<string> {
    const before = await this.ledger.store.findCommand(streamOfBook(book), key);
    if (before) return before.date;
    const state = await knownBook(this.ledger, book);
    return proposal === undefined ? dayOf(new Date()) : knownProposal(state, proposal).posting.date;
  }
}

/** The answer to what was done to a proposal: the proposal as it is then, and where in the log that stands. */
export async function answerProposal(
  queries: QueryBus,
  reply: FastifyReply,
  book: BookId,
  id: string,
  { revision, index }: Recorded,
): Promise<ProposalDetailDto> {
  void reply
    .header('ETag', `"${revision}"`)
    .header('Ledger-Position', String(index + 1))
    .header('Location', addressOf(book, id));
  return queries.execute(new GetProposal(book, id, answerIn(reply)));
}

const addressOf = ({ unit, fiscalYear }: BookId, id: string): string =>
  `/api/v1/books/${encodeURIComponent(unit)}/${fiscalYear}/proposals/${encodeURIComponent(id)}`;
