import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import {
  LedgerRefusal,
  type BookId,
  type BookState,
  type Proposal,
  type ProposalState,
} from '#domain';
import { Ledger, type Waiting } from '#projections';
import type { ProposalDetailDto, ProposalsDto, WaitingProposalsDto } from '../dto/proposals.js';
import { detailOf, viewOf } from './proposal-view.js';

/** A book that is there; throws LedgerRefusal `unknown-book`. */
export async function knownBook(ledger: Ledger, book: BookId): Promise<BookState> {
  const { state } = await ledger.commands.bookState(book);
  if (state.status !== 'none') return state;
  throw LedgerRefusal.of('unknown-book', `there is no book ${book.unit} ${book.fiscalYear}`);
}

/** A proposal of a book; throws LedgerRefusal `unknown-proposal`. */
export function knownProposal(state: BookState, id: string): Proposal {
  const proposal = state.proposals.get(id);
  if (proposal) return proposal;
  const { unit, fiscalYear } = state.id;
  throw LedgerRefusal.of('unknown-proposal', `book ${unit} ${fiscalYear} has no proposal ${id}`);
}

export class ListProposals extends Query<ProposalsDto> {
  constructor(
    readonly book: BookId,
    readonly state: ProposalState | undefined,
    /** First revision, and how many. */
    readonly range: { readonly from: number; readonly limit: number },
  ) {
    super();
  }
}

/** Of one book, in the order in which they were made: read from the book itself, so nothing lags. */
@QueryHandler(ListProposals)
export class ListProposalsHandler implements IQueryHandler<ListProposals> {
  constructor(@Inject(Ledger) private readonly ledger: Ledger) {}

  async execute({ book, state: wanted, range }: ListProposals): Promise<ProposalsDto> {
    const state = await knownBook(this.ledger, book);
    const firstOf = ({ revisions }: Proposal) => revisions[0]!;
    const found = [...state.proposals.values()]
      .filter((p) => (wanted === undefined || p.state === wanted) && firstOf(p) >= range.from)
      .sort((a, b) => firstOf(a) - firstOf(b));
    const next = found[range.limit];
    const now = new Date();
    const proposals = [];
    for (const proposal of found.slice(0, range.limit))
      proposals.push(await viewOf(this.ledger, state, proposal, now));
    return { proposals, ...(next && { next: firstOf(next) }) };
  }
}

export class GetProposal extends Query<ProposalDetailDto> {
  constructor(
    readonly book: BookId,
    readonly id: string,
  ) {
    super();
  }
}

@QueryHandler(GetProposal)
export class GetProposalHandler implements IQueryHandler<GetProposal> {
  constructor(@Inject(Ledger) private readonly ledger: Ledger) {}

  async execute({ book, id }: GetProposal): Promise<ProposalDetailDto> {
    const state = await knownBook(this.ledger, book);
    return detailOf(this.ledger, state, knownProposal(state, id), new Date());
  }
}

export class ListWaiting extends Query<WaitingProposalsDto> {
  constructor(
    readonly waiting: Waiting,
    readonly seen: (unit: string) => boolean,
    readonly limit: number,
  ) {
    super();
  }
}

/** Over all books: found in the read model, told by the books. What was settled meanwhile is left out. */
@QueryHandler(ListWaiting)
export class ListWaitingHandler implements IQueryHandler<ListWaiting> {
  constructor(@Inject(Ledger) private readonly ledger: Ledger) {}

  async execute({ waiting, seen, limit }: ListWaiting): Promise<WaitingProposalsDto> {
    const now = new Date();
    const proposals = [];
    for (const { id, state: was, ...book } of this.ledger.waitingProposals(waiting, seen, limit)) {
      const { state } = await this.ledger.commands.bookState(book);
      const proposal = state.proposals.get(id);
      if (proposal?.state === was) proposals.push(await viewOf(this.ledger, state, proposal, now));
    }
    return { proposals };
  }
}
