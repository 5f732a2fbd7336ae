import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import {
  LedgerRefusal,
  told,
  type BookId,
  type BookState,
  type Language,
  type Proposal,
  type ProposalState,
} from '#domain';
import {
  ASKING,
  detailOfProposal,
  knownProposal,
  Ledger,
  viewOfProposal,
  type ProposalView,
  type Waiting,
} from '#projections';
import type {
  ProposalDetailDto,
  ProposalDto,
  ProposalsDto,
  WaitingProposalsDto,
} from '../dto/proposals.js';

/** A book that is there; throws LedgerRefusal `unknown-book`. */
export async function knownBook(ledger: Ledger, book: BookId): Promise<BookState> {
  const { state } = await ledger.commands.bookState(book);
  if (state.status !== 'none') return state;
  throw LedgerRefusal.of('unknown-book', ASKING.noBook({ book }));
}

/** The document tells the fields of any posting in one shape, the domain one by one. */
const toDto = <V extends ProposalView>({ refusal, ...view }: V, language: Language) => ({
  ...view,
  posting: view.posting as ProposalDto['posting'],
  ...(refusal && { refusal: told(refusal, language) }),
});

export class ListProposals extends Query<ProposalsDto> {
  constructor(
    readonly book: BookId,
    readonly state: ProposalState | undefined,
    /** First revision, and how many. */
    readonly range: { readonly from: number; readonly limit: number },
    readonly language: Language,
  ) {
    super();
  }
}

/** Of one book, in the order in which they were made: read from the book itself, so nothing lags. */
@QueryHandler(ListProposals)
export class ListProposalsHandler implements IQueryHandler<ListProposals> {
  constructor(@Inject(Ledger) private readonly ledger: Ledger) {}

  async execute({ book, state: wanted, range, language }: ListProposals): Promise<ProposalsDto> {
    const state = await knownBook(this.ledger, book);
    const firstOf = ({ revisions }: Proposal) => revisions[0]!;
    const found = [...state.proposals.values()]
      .filter((p) => (wanted === undefined || p.state === wanted) && firstOf(p) >= range.from)
      .sort((a, b) => firstOf(a) - firstOf(b));
    const next = found[range.limit];
    const now = new Date();
    const proposals = [];
    for (const proposal of found.slice(0, range.limit))
      proposals.push(toDto(await viewOfProposal(this.ledger, state, proposal, now), language));
    return { proposals, ...(next && { next: firstOf(next) }) };
  }
}

export class GetProposal extends Query<ProposalDetailDto> {
  constructor(
    readonly book: BookId,
    readonly id: string,
    readonly language: Language,
  ) {
    super();
  }
}

@QueryHandler(GetProposal)
export class GetProposalHandler implements IQueryHandler<GetProposal> {
  constructor(@Inject(Ledger) private readonly ledger: Ledger) {}

  async execute({ book, id, language }: GetProposal): Promise<ProposalDetailDto> {
    const state = await knownBook(this.ledger, book);
    const proposal = knownProposal(state, id);
    return toDto(await detailOfProposal(this.ledger, state, proposal, new Date()), language);
  }
}

export class ListWaiting extends Query<WaitingProposalsDto> {
  constructor(
    readonly waiting: Waiting,
    readonly seen: (unit: string) => boolean,
    readonly limit: number,
    readonly language: Language,
  ) {
    super();
  }
}

/** Over all books: found in the read model, told by the books. What was settled meanwhile is left out. */
@QueryHandler(ListWaiting)
export class ListWaitingHandler implements IQueryHandler<ListWaiting> {
  constructor(@Inject(Ledger) private readonly ledger: Ledger) {}

  async execute({ waiting, seen, limit, language }: ListWaiting): Promise<WaitingProposalsDto> {
    const now = new Date();
    const proposals = [];
    for (const { id, state: was, ...book } of this.ledger.waitingProposals(waiting, seen, limit)) {
      const { state } = await this.ledger.commands.bookState(book);
      const proposal = state.proposals.get(id);
      if (proposal?.state === was)
        proposals.push(toDto(await viewOfProposal(this.ledger, state, proposal, now), language));
    }
    return { proposals };
  }
}
