import { Inject } from '@nestjs/common';
import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import {
  formatFen,
  lineKeyText,
  sumFen,
  ZERO_FEN,
  type BookId,
  type ProjectRegistered,
} from '#domain';
import { bookLinesOf, Ledger, type AsOf, type BookFigures, type BookLine } from '#projections';
import { LedgerQuery, waited } from '../books/queries.js';
import type { BookLineDto, BookSummaryDto, LineFiguresDto, LinesDto } from '../dto/figures.js';

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
    const isNow = asOf.to === undefined && asOf.knownAt === undefined;
    const { totals, lines } = bookLinesOf(figures);
    return {
      logSize: figures.logSize,
      asOf,
      book: summaryOf(figures),
      ...(isNow ? await this.#withHeld(book, totals, lines) : { totals, lines: [...lines] }),
      projects: figures.projects.map(projectOf),
    };
  }

  /** What is held is no movement and in no read model: the book's own state knows it. */
  async #withHeld(book: BookId, totals: LineFiguresDto, lines: readonly BookLine[]) {
    const { state } = await this.ledger.commands.bookState(book);
    const held = lines.map(
      (line) => state.lines.get(lineKeyText(line))?.held?.executable ?? ZERO_FEN,
    );
    return {
      totals: { ...totals, held: formatFen(sumFen(held)) },
      lines: lines.map((line, i): BookLineDto => ({ ...line, held: formatFen(held[i]!) })),
    };
  }
}

const projectOf = ({ project, name, category, function: code }: ProjectRegistered) => ({
  project,
  name,
  category,
  function: code,
});

/** What a book says of itself. */
export const summaryOf = ({ id, book, status }: BookFigures): BookSummaryDto => ({
  ...id,
  unitName: book.unitName,
  divisionName: book.divisionName,
  status,
});
