import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { BookId } from '#domain';
import type { StoredEvent } from '#event-store';
import {
  Ledger,
  type AsOf,
  type HistoryRequest,
  type MeasureAnswer,
  type MeasureQuery,
  type ReplayStep,
} from '#projections';
import {
  compareReports,
  reportOf,
  type CellDifference,
  type Report,
  type ReportOptions,
} from '#reports';

const WAIT_MS = 2000;

/** A question that may ask to be answered no earlier than at a position of the log. */
export abstract class LedgerQuery<T extends object> extends Query<T> {
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
    readonly options: ReportOptions,
    position?: number,
  ) {
    super(position);
  }
}

/** A page of the log, and how long the log was when it was read. */
export interface LogPage {
  readonly events: readonly StoredEvent[];
  readonly logSize: number;
}

export class GetLogPage extends LedgerQuery<LogPage> {
  constructor(
    readonly range: HistoryRequest,
    position?: number,
  ) {
    super(position);
  }
}

/** A report at two moments, and the cells that differ. */
export interface Comparison {
  readonly before: Report;
  readonly after: Report;
  readonly differences: readonly CellDifference[];
}

export class CompareReport extends LedgerQuery<Comparison> {
  constructor(
    readonly report: string,
    readonly book: BookId,
    readonly moments: readonly [AsOf, AsOf],
    readonly names: boolean,
    position?: number,
  ) {
    super(position);
  }
}

export class GetReplay extends LedgerQuery<readonly ReplayStep[]> {
  constructor(
    readonly book: BookId,
    readonly asOf: AsOf,
    readonly range: { readonly from: number; readonly limit: number },
    position?: number,
  ) {
    super(position);
  }
}

/** Waits, for a while, until the read models have a position. */
export const waited = async (ledger: Ledger, position: number | undefined): Promise<void> => {
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

@QueryHandler(GetLogPage)
export class GetLogPageHandler implements IQueryHandler<GetLogPage> {
  constructor(@Inject(Ledger) private readonly ledger: Ledger) {}

  async execute({ range, position }: GetLogPage): Promise<LogPage> {
    await waited(this.ledger, position);
    const events = await this.ledger.history(undefined, range);
    return { events, logSize: await this.ledger.store.size() };
  }
}

@QueryHandler(CompareReport)
export class CompareReportHandler implements IQueryHandler<CompareReport> {
  constructor(@Inject(Ledger) private readonly ledger: Ledger) {}

  async execute({ report, book, moments, names, position }: CompareReport): Promise<Comparison> {
    await waited(this.ledger, position);
    const [before, after] = moments.map((asOf) =>
      reportOf(this.ledger, report, book, asOf, { names }),
    );
    return { before: before!, after: after!, differences: compareReports(before!, after!) };
  }
}

@QueryHandler(GetReplay)
export class GetReplayHandler implements IQueryHandler<GetReplay> {
  constructor(@Inject(Ledger) private readonly ledger: Ledger) {}

  /** Folds from the book's start, for the figures run from there; answers the steps that are asked for. */
  async execute({ book, asOf, range, position }: GetReplay): Promise<readonly ReplayStep[]> {
    await waited(this.ledger, position);
    const steps: ReplayStep[] = [];
    for await (const step of this.ledger.replay(book, asOf)) {
      if (step.stored.index >= range.from) steps.push(step);
      if (steps.length === range.limit) break;
    }
    return steps;
  }
}
