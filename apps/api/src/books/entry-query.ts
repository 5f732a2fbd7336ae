import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import {
  formatFen,
  leftOfEntry,
  LedgerRefusal,
  streamOfBook,
  type BookId,
  type EntryLeft,
  type PaymentMade,
} from '#domain';
import { eventJson } from '#event-store';
import { ASKING, Ledger } from '#projections';
import type { EntryDto, EntryLeftDto } from '../dto/entries.js';
import type { EventDto } from '../dto/events.js';
import { knownBook } from '../proposals/proposal-queries.js';

export class GetEntry extends Query<EntryDto> {
  constructor(
    readonly book: BookId,
    /** The id of the command that posted it. */
    readonly id: string,
  ) {
    super();
  }
}

/** One posting and what later ones may still take of it, from the book itself: nothing lags. */
@QueryHandler(GetEntry)
export class GetEntryHandler implements IQueryHandler<GetEntry> {
  constructor(@Inject(Ledger) private readonly ledger: Ledger) {}

  /** Throws LedgerRefusal `unknown-book`, `unknown-entry`. */
  async execute({ book, id }: GetEntry): Promise<EntryDto> {
    const state = await knownBook(this.ledger, book);
    const posting = state.postings.get(id);
    if (!posting) throw LedgerRefusal.of('unknown-entry', ASKING.noPosting({ book, id }));
    const [stored] = await this.ledger.store.readStream(streamOfBook(book), posting.revision, 1);
    const event = eventJson(stored!) as EventDto;
    const payee = this.#payeeOf(event);
    const left = leftOfEntry(posting);
    return {
      event,
      ...(payee !== undefined && { payee }),
      ...(left && { left: leftJson(left) }),
      ...(posting.reversedBy !== undefined && { reversedBy: posting.reversedBy }),
    };
  }

  #payeeOf({ type, data }: EventDto): string | undefined {
    if (type !== 'PaymentMade') return undefined;
    const { payee } = data as unknown as PaymentMade;
    return 'name' in payee ? payee.name : this.ledger.vault.nameOf(payee.subject);
  }
}

const leftJson = ({ lines, totalFen, procurementFen }: EntryLeft): EntryLeftDto => ({
  total: formatFen(totalFen),
  procurement: formatFen(procurementFen),
  lines: lines.map(({ project, fund, origin, function: code, economic, postedFen, leftFen }) => ({
    project,
    fund,
    origin,
    function: code,
    ...(economic !== '' && { economic }),
    posted: formatFen(postedFen),
    left: formatFen(leftFen),
  })),
});
