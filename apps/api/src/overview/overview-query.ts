import { Inject } from '@nestjs/common';
import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { formatFen, streamOfBook, type BookId, type Language, type MeasureName } from '#domain';
import { eventJson, parseEnvelope } from '#event-store';
import { Ledger, type BookFigures, type Scope } from '#projections';
import { bookChecks, checkIn, openAllocations, type OpenAllocation } from '#reports';
import { LedgerQuery, waited } from '../books/queries.js';
import { dayOf, daysBetween, timeGone } from '../calendar.js';
import type { EventDto } from '../dto/events.js';
import { summaryOf } from '../lines/lines-query.js';
import type {
  OverviewDto,
  ProjectExecutionDto,
  UnacknowledgedDto,
  WaitingDto,
} from './overview.dto.js';

const RECENT = 10;

export class GetOverview extends LedgerQuery<OverviewDto> {
  constructor(
    readonly book: BookId,
    readonly now: Date,
    /** False: raw events are not shown to whom this is for. */
    readonly withEvents: boolean,
    readonly language: Language,
    position?: number,
  ) {
    super(position);
  }
}

@QueryHandler(GetOverview)
export class GetOverviewHandler implements IQueryHandler<GetOverview> {
  constructor(@Inject(Ledger) private readonly ledger: Ledger) {}

  async execute(asked: GetOverview): Promise<OverviewDto> {
    const { book, now, withEvents, language, position } = asked;
    await waited(this.ledger, position);
    const figures = this.ledger.figures(book, {});
    const today = dayOf(now);
    const { asOf, percent } = timeGone(book.fiscalYear, today);
    const allocations = openAllocations(this.ledger, book);
    const recent = withEvents ? await this.ledger.latest(book, RECENT) : [];
    const of = (measure: MeasureName) => shown(figures, measure);
    return {
      logSize: figures.logSize,
      book: summaryOf(figures),
      asOf,
      timeGonePercent: percent,
      executionPercent: of('executionRate'),
      fullYearBudget: of('fullYearBudget'),
      expenditure: of('expenditure'),
      executable: of('executable'),
      projects: projectsOf(figures),
      unacknowledged: allocations.map((a) => unacknowledged(a, today)),
      waiting: await this.#waiting(book, today),
      recent: recent.map((e) => eventJson(e) as EventDto),
      findings: bookChecks(figures, allocations).map((check) => checkIn(check, language)),
    };
  }

  /** Open proposals are no figures: the book's own state knows them, and the log when the oldest was made. */
  async #waiting(book: BookId, today: string): Promise<WaitingDto> {
    const { state } = await this.ledger.commands.bookState(book);
    const open = [...state.proposals.values()].filter((p) => p.state === 'open');
    if (open.length === 0) return { open: 0 };
    const oldest = Math.min(...open.map((p) => p.revisions[0]!));
    const [stored] = await this.ledger.store.readStream(streamOfBook(book), oldest, 1);
    const proposedOn = dayOf(new Date(parseEnvelope(stored!.envelope).recordedAt));
    return { open: open.length, oldestDays: daysBetween(proposedOn, today) };
  }
}

function shown(figures: BookFigures, measure: MeasureName, scope: Scope = {}): string {
  const figure = figures.measure(measure, scope);
  if (figure.kind === 'money') return formatFen(figure.fen);
  return figure.kind === 'percent' ? figure.percent : figure.score;
}

const projectsOf = (figures: BookFigures): ProjectExecutionDto[] =>
  figures.projects.map(({ project, name, category }) => {
    const of = (measure: MeasureName) => shown(figures, measure, { project: [project] });
    return {
      project,
      name,
      category,
      fullYearBudget: of('fullYearBudget'),
      expenditure: of('expenditure'),
      rate: of('executionRate'),
    };
  });

function unacknowledged({ allocation, openFen }: OpenAllocation, today: string): UnacknowledgedDto {
  const { index, commandId, party, document, date, fen } = allocation;
  return {
    index,
    allocation: commandId,
    recipient: party,
    document,
    date,
    amount: formatFen(fen),
    open: formatFen(openFen),
    ageDays: Math.max(0, daysBetween(date, today)),
  };
}
