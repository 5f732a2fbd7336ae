import { Inject } from '@nestjs/common';
import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { BookId } from '#domain';
import { bookLinesOf, Ledger, type AsOf, type BookFigures } from '#projections';
import { LedgerQuery, waited } from '../books/queries.js';
import type { BookSummaryDto, LinesDto } from '../dto/figures.js';

export class GetLines extends LedgerQuery<LinesDto> {
  constructor(
    readonly book: BookId,
    readonly asOf: AsOf,
    position?: number,
  ) {
    super(position);
  }
}

@QueryHandler(GetLines)
export class GetLinesHandler implements IQueryHandler<GetLines> {
  constructor(@Inject(Ledger) private readonly ledger: Ledger) {}

  /** From running totals, or sums in SQL for a moment of the past: no event is read. */
  async execute({ book, asOf, position }: GetLines): Promise<LinesDto> {
    await waited(this.ledger, position);
    const figures = this.ledger.figures(book, asOf);
    const { totals, lines } = bookLinesOf(figures);
    return {
      logSize: figures.logSize,
      asOf,
      book: summaryOf(figures),
      totals,
      lines: [...lines],
    };
  }
}

/** What a book says of itself. */
export const summaryOf = ({ id, book, status }: BookFigures): BookSummaryDto => ({
  ...id,
  unitName: book.unitName,
  divisionName: book.divisionName,
  status,
});
