import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { BookId } from '#domain';
import type { Recorded } from '#event-store';
import { approveProposal, Ledger } from '#projections';
import type { People } from '../http/headers.js';
import { knownBook } from './proposal-queries.js';

/** Somebody approves what a hash says that they were shown. */
export class ApproveProposal extends Command<Recorded> {
  constructor(
    readonly book: BookId,
    readonly id: string,
    readonly hash: string,
    readonly people: People,
    readonly ifMatch?: number,
  ) {
    super();
  }
}

@CommandHandler(ApproveProposal)
export class ApproveProposalHandler implements ICommandHandler<ApproveProposal> {
  constructor(@Inject(Ledger) private readonly ledger: Ledger) {}

  async execute({ book, id, hash, people, ifMatch }: ApproveProposal): Promise<Recorded> {
    const { actor: approvedBy, fourEyes } = people;
    await knownBook(this.ledger, book);
    return approveProposal(this.ledger, book, id, {
      approvedBy,
      hash,
      fourEyes,
      recordedAt: new Date().toISOString(),
      ...(ifMatch !== undefined && { ifMatch }),
    });
  }
}
