import { Inject } from '@nestjs/common';
import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Ledger } from '#projections';
import { LedgerQuery, waited } from '../books/queries.js';
import type { BooksDto } from '../dto/figures.js';
import { summaryOf } from '../lines/lines-query.js';

export class ListBooks extends LedgerQuery<BooksDto> {
  constructor(
    readonly isSeen: (unit: string) => boolean,
    position?: number,
  ) {
    super(position);
  }
}

@QueryHandler(ListBooks)
export class ListBooksHandler implements IQueryHandler<ListBooks> {
  constructor(@Inject(Ledger) private readonly ledger: Ledger) {}

  async execute({ isSeen, position }: ListBooks): Promise<BooksDto> {
    await waited(this.ledger, position);
    const books = this.ledger
      .books()
      .filter(({ unit }) => isSeen(unit))
      .map((id) => summaryOf(this.ledger.figures(id, {})));
    return {
      books: books.sort((a, b) => b.fiscalYear - a.fiscalYear || (a.unit < b.unit ? -1 : 1)),
    };
  }
}
