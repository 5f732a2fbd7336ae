import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { LedgerRefusal, type BookId } from '#domain';
import type { Recorded } from '#event-store';
import { Ledger } from '#projections';
import type { People } from '../http/headers.js';
import { knownBook, knownProposal } from './proposal-queries.js';
import { commandOf } from './proposal-view.js';

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

  /** Posts the posting that was proposed; the same approver is answered again as the first time. */
  async execute({ book, id, hash, people, ifMatch }: ApproveProposal): Promise<Recorded> {
    const { actor: approvedBy, fourEyes } = people;
    const state = await knownBook(this.ledger, book);
    const proposal = knownProposal(state, id);
    if (proposal.hash !== hash)
      throw LedgerRefusal.of(
        'proposal-changed',
        `proposal ${id} is not what was shown: it is now version ${proposal.version}; look at it again`,
      );
    const result = await this.ledger.commands.run(commandOf(proposal), {
      actor: proposal.proposedBy,
      approvedBy,
      approves: hash,
      fourEyes,
      recordedAt: new Date().toISOString(),
      ...(ifMatch !== undefined && { ifMatch }),
    });
    if (!result.ok) throw new LedgerRefusal(result.error);
    const { replayed, approvedBy: by } = result.value;
    if (replayed && by !== approvedBy)
      throw LedgerRefusal.of(
        'proposal-not-open',
        `proposal ${id} was approved by ${by ?? 'nobody'}`,
      );
    return result.value;
  }
}
