import { Controller, Get, Headers, Param, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { eventJson } from '#event-store';
import { findCell, formOf, render, REPORT_FORMATS, type ReportFormat } from '#reports';
import { Policy } from '../access/policy.js';
import { Asking, seesNames, type Principal } from '../access/principal.js';
import { AS_OF, type Place } from '../books/books.controller.js';
import { CompareReport, GetLogPage, GetReport } from '../books/queries.js';
import { MOST_EVENTS } from '../books/range.js';
import { CellEventsDto, ComparisonDto, FormDto, ReportDto } from '../dto/reports.js';
import { DescribesQuestion } from '../http/describes.js';
import { positionOf, type Headers as Given } from '../http/headers.js';
import { asOfOf, bookOf, choiceOf, momentsOf, type QueryText } from '../http/question.js';
import { TakesQuery } from '../http/takes-query.js';

/** The one report that shows payees. */
const WITH_NAMES = {
  personalData: ({ report }: Readonly<Record<string, string>>) => report === 'payments',
};

const FORMATS = Object.keys(REPORT_FORMATS) as ReportFormat[];

/** The reports of a book, and where their cells come from. */
@ApiTags('reports')
@Controller('books/:unit/:year/reports')
export class ReportsController {
  constructor(private readonly bus: QueryBus) {}

  @Get(':report')
  @Policy('read-figures', WITH_NAMES)
  @TakesQuery(...AS_OF, 'format', 'lang', 'amountUnit')
  @DescribesQuestion(
    { description: 'the report in the format asked for, JSON by default', type: ReportDto },
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

  @Get(':report/form')
  @Policy('read-figures', WITH_NAMES)
  @TakesQuery(...AS_OF, 'lang', 'amountUnit', 'events')
  @DescribesQuestion(
    {
      description:
        'the report as the paper form, merged cells included; events: yes or no, whether each cell names those behind it',
      type: FormDto,
    },
    'unit',
    'year',
    'report',
  )
  async form(
    @Param() place: Place & { report: string },
    @Query() query: QueryText,
    @Headers() headers: Given,
    @Asking() asking: Principal | undefined,
  ) {
    const events = choiceOf(query, 'events', ['yes', 'no'], 'yes') === 'yes';
    return formOf(await this.#report(place, query, headers, asking, events));
  }

  @Get(':report/cells/:row/:column')
  @Policy('read-figures', WITH_NAMES)
  @TakesQuery(...AS_OF, 'lang', 'amountUnit')
  @DescribesQuestion(
    { description: 'one cell with its events; a slash in a row is %2F', type: CellEventsDto },
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
    const seen = seesNames(asking, place.unit) ? events : [];
    const stored = await Promise.all(
      seen
        .slice(0, MOST_EVENTS)
        .map((index) => this.bus.execute(new GetLogPage({ from: index, limit: 1 }))),
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

  @Get(':report/diff')
  @Policy('read-figures', WITH_NAMES)
  @TakesQuery('at')
  @DescribesQuestion(
    {
      description: 'the cells that two moments show differently; at is given twice',
      type: ComparisonDto,
    },
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

  #report(
    place: Place & { report: string },
    query: QueryText,
    headers: Given,
    asking: Principal | undefined,
    events = true,
  ) {
    const options = {
      events,
      names: seesNames(asking, place.unit),
      lang: choiceOf(query, 'lang', ['zh', 'en'] as const, 'zh'),
      amountUnit: choiceOf(query, 'amountUnit', ['万元', '元'] as const, '万元'),
    };
    const book = bookOf(place);
    return this.bus.execute(
      new GetReport(place.report, book, asOfOf(query), options, positionOf(headers)),
    );
  }
}
