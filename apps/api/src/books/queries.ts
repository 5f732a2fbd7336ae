import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { BookId } from '#domain';
import type { StoredEvent } from '#event-store';
import { Ledger, type AsOf, type MeasureAnswer, type MeasureQuery } from '#projections';
import { reportOf, type FillOptions, type Report } from '#reports';

const WAIT_MS = 2000;

/** A question that may ask to be answered no earlier than at a position of the log. */
abstract class LedgerQuery<T extends object> extends Query<T> {
  constructor(readonly position?: number) {
    super();
  }
}

export class GetMeasure extends LedgerQuery<MeasureAnswer> {
  constructor(
    readonly query: MeasureQuery,
    position?: number,
  ) {
    super(position);
  }
}

export class GetReport extends LedgerQuery<Report> {
  constructor(
    readonly report: string,
    readonly book: BookId,
    readonly asOf: AsOf,
    readonly options: FillOptions,
    position?: number,
  ) {
    super(position);
  }
}

/** A page of the log, and how long the log was when it was read. */
export interface EventPage {
  readonly events: readonly StoredEvent[];
  readonly logSize: number;
}

export class GetEvents extends LedgerQuery<EventPage> {
  constructor(
    readonly book: BookId | undefined,
    readonly range: { readonly from: number; readonly to?: number; readonly limit: number },
    position?: number,
  ) {
    super(position);
  }
}

const waited = async (ledger: Ledger, position: number | undefined): Promise<void> => {
  if (position !== undefined) await ledger.waitFor(position, WAIT_MS);
};

@QueryHandler(GetMeasure)
export class GetMeasureHandler implements IQueryHandler<GetMeasure> {
  constructor(@Inject(Ledger) private readonly ledger: Ledger) {}

  async execute({ query, position }: GetMeasure): Promise<MeasureAnswer> {
    await waited(this.ledger, position);
    return this.ledger.measure(query);
  }
}

@QueryHandler(GetReport)
export class GetReportHandler implements IQueryHandler<GetReport> {
  constructor(@Inject(Ledger) private readonly ledger: Ledger) {}

  async execute({ report, book, asOf, options, position }: GetReport): Promise<Report> {
    await waited(this.ledger, position);
    return reportOf(this.ledger, report, book, asOf, options);
  }
}

@QueryHandler(GetEvents)
export class GetEventsHandler implements IQueryHandler<GetEvents> {
  constructor(@Inject(Ledger) private readonly ledger: Ledger) {}

  async execute({ book, range, position }: GetEvents): Promise<EventPage> {
    await waited(this.ledger, position);
    if (book) this.ledger.figures(book, {}); // an unknown book is 404, not an empty list
    const events = await this.ledger.history(book, range);
    return { events, logSize: await this.ledger.store.size() };
  }
}
