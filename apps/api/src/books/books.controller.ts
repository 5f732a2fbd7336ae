import { Controller, Get, Headers, Param, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { MEASURES } from '#domain';
import { eventJson } from '#event-store';
import { findCell, render, REPORT_FORMATS, type ReportFormat } from '#reports';
import { Policy } from '../access/policy.js';
import { Asking, seesEvents, seesNames, type Principal } from '../access/principal.js';
import { DescribesQuestion } from '../http/describes.js';
import { positionOf, type Headers as Given } from '../http/headers.js';
import {
  asOfOf,
  bookOf,
  choiceOf,
  momentsOf,
  numberOf,
  scopeOf,
  type QueryText,
} from '../http/question.js';
import { TakesQuery } from '../http/takes-query.js';
import { CompareReport, GetEvents, GetMeasure, GetReplay, GetReport } from './queries.js';

interface Place {
  readonly unit: string;
  readonly year: string;
}

const FORMATS = Object.keys(REPORT_FORMATS) as ReportFormat[];
const MOST_EVENTS = 1000;

const AS_OF = ['from', 'to', 'knownAt'] as const;
export const RANGE = ['from', 'to', 'limit'] as const;

/** The one report that shows payees. */
const WITH_NAMES = {
  personalData: ({ report }: Readonly<Record<string, string>>) => report === 'payments',
};

/** Questions to a book. */
@ApiTags('books')
@Controller('books/:unit/:year')
@Policy('read-figures')
export class BooksController {
  constructor(private readonly bus: QueryBus) {}

  @Get('measures/:measure')
  @TakesQuery(...AS_OF, 'project', 'category', 'fund', 'origin', 'function', 'economic')
  @DescribesQuestion(`one of ${Object.keys(MEASURES).join(', ')}`, 'unit', 'year', 'measure')
  measure(
    @Param() place: Place & { measure: string },
    @Query() query: QueryText,
    @Headers() headers: Given,
  ) {
    const { measure } = place;
    const asked = { ...bookOf(place), measure, scope: scopeOf(query), asOf: asOfOf(query) };
    return this.bus.execute(new GetMeasure(asked, positionOf(headers)));
  }

  @Get('reports/:report')
  @Policy('read-figures', WITH_NAMES)
  @TakesQuery(...AS_OF, 'format', 'lang', 'amountUnit')
  @DescribesQuestion(
    'the report in the format asked for, JSON by default',
    'unit',
    'year',
    'report',
  )
  async report(
    @Param() place: Place & { report: string },
    @Query() query: QueryText,
    @Headers() headers: Given,
    @Asking() asking: Principal | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const format = choiceOf(query, 'format', FORMATS, 'json');
    const report = await this.#report(place, query, headers, asking);
    void reply.header('content-type', REPORT_FORMATS[format]);
    return render(report, format);
  }

  @Get('reports/:report/cells/:row/:column')
  @Policy('read-figures', WITH_NAMES)
  @TakesQuery(...AS_OF, 'lang', 'amountUnit')
  @DescribesQuestion(
    'one cell with the events behind it; a slash in a row is %2F',
    'unit',
    'year',
    'report',
    'row',
    'column',
  )
  async cell(
    @Param() place: Place & { report: string; row: string; column: string },
    @Query() query: QueryText,
    @Headers() headers: Given,
    @Asking() asking: Principal | undefined,
  ) {
    const { row, column } = place;
    const report = await this.#report(place, query, headers, asking);
    const { exact, shown, events } = findCell(report, row, column);
    // to whom raw events are not shown their indices are
    const seen = seesEvents(asking, place.unit) ? events : [];
    const stored = await Promise.all(
      seen
        .slice(0, MOST_EVENTS)
        .map((index) => this.bus.execute(new GetEvents(undefined, { from: index, limit: 1 }))),
    );
    return {
      report: report.report,
      row,
      column,
      exact,
      shown,
      logSize: report.logSize,
      indices: events,
      events: stored.flatMap((page) => page.events).map(eventJson),
    };
  }

  @Get('reports/:report/diff')
  @Policy('read-figures', WITH_NAMES)
  @TakesQuery('at')
  @DescribesQuestion(
    'the cells that two moments show differently, and the events between; at is given twice',
    'unit',
    'year',
    'report',
  )
  async diff(
    @Param() place: Place & { report: string },
    @Query() query: QueryText,
    @Headers() headers: Given,
    @Asking() asking: Principal | undefined,
  ) {
    const { report } = place;
    const book = bookOf(place);
    const names = seesNames(asking, place.unit);
    const asked = new CompareReport(report, book, momentsOf(query), names, positionOf(headers));
    const { before, after, differences } = await this.bus.execute(asked);
    const side = ({ asOf, logSize }: typeof before) => ({ asOf, logSize });
    return { report, ...book, before: side(before), after: side(after), differences };
  }

  @Get('replay')
  @Policy('read-events')
  @TakesQuery('to', 'knownAt', 'from', 'limit')
  @DescribesQuestion(
    'the history with the running figures after each event; from is an index, to a date',
    'unit',
    'year',
  )
  async replay(@Param() place: Place, @Query() query: QueryText, @Headers() headers: Given) {
    const { to, knownAt } = asOfOf(query);
    const asOf = { ...(to !== undefined && { to }), ...(knownAt !== undefined && { knownAt }) };
    const { from, limit } = rangeOf({ from: query['from'], limit: query['limit'] });
    const asked = new GetReplay(bookOf(place), asOf, { from, limit }, positionOf(headers));
    const steps = await this.bus.execute(asked);
    const events = steps.map(({ stored, figures }) => ({ ...eventJson(stored), figures }));
    return { events, ...nextOf(events, limit) };
  }

  #report(
    place: Place & { report: string },
    query: QueryText,
    headers: Given,
    asking: Principal | undefined,
  ) {
    const options = {
      names: seesNames(asking, place.unit),
      lang: choiceOf(query, 'lang', ['zh', 'en'] as const, 'zh'),
      amountUnit: choiceOf(query, 'amountUnit', ['万元', '元'] as const, '万元'),
    };
    const book = bookOf(place);
    return this.bus.execute(
      new GetReport(place.report, book, asOfOf(query), options, positionOf(headers)),
    );
  }

  @Get('events')
  @Policy('read-events')
  @TakesQuery(...RANGE)
  @DescribesQuestion('the history of the book, oldest first', 'unit', 'year')
  async events(@Param() place: Place, @Query() query: QueryText, @Headers() headers: Given) {
    const range = rangeOf(query);
    const asked = new GetEvents(bookOf(place), range, positionOf(headers));
    const { events, logSize } = await this.bus.execute(asked);
    return { events: events.map(eventJson), logSize, ...nextOf(events, range.limit) };
  }
}

/** `from`, `to` (indices, inclusive) and a bounded `limit`. */
export function rangeOf(query: QueryText) {
  const to = numberOf(query, 'to');
  return {
    from: numberOf(query, 'from') ?? 0,
    ...(to !== undefined && { to }),
    limit: Math.min(numberOf(query, 'limit') ?? MOST_EVENTS, MOST_EVENTS),
  };
}

/** Where the next page starts, where this one is full. */
export const nextOf = (page: readonly { readonly index: number }[], limit: number) =>
  page.length === limit && limit > 0 ? { next: page.at(-1)!.index + 1 } : {};
