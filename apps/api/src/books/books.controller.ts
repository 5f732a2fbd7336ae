import { Controller, Get, Headers, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { MEASURES } from '#domain';
import { eventJson } from '#event-store';
import { Policy } from '../access/policy.js';
import { EntryDto } from '../dto/entries.js';
import { ReplayDto } from '../dto/events.js';
import { MeasureDto } from '../dto/figures.js';
import { DescribesQuestion } from '../http/describes.js';
import { positionOf, type Headers as Given } from '../http/headers.js';
import { asOfOf, bookOf, scopeOf, type QueryText } from '../http/question.js';
import { TakesQuery } from '../http/takes-query.js';
import { GetEntry } from './entry-query.js';
import { GetMeasure, GetReplay } from './queries.js';
import { nextOf, rangeOf } from './range.js';

export interface Place {
  readonly unit: string;
  readonly year: string;
}

export const AS_OF = ['from', 'to', 'knownAt'] as const;

/** Questions to a book. */
@ApiTags('books')
@Controller('books/:unit/:year')
@Policy('read-figures')
export class BooksController {
  constructor(private readonly bus: QueryBus) {}

  @Get('measures/:measure')
  @TakesQuery(...AS_OF, 'project', 'category', 'fund', 'origin', 'function', 'economic')
  @DescribesQuestion(
    { description: `one of ${Object.keys(MEASURES).join(', ')}`, type: MeasureDto },
    'unit',
    'year',
    'measure',
  )
  measure(
    @Param() place: Place & { measure: string },
    @Query() query: QueryText,
    @Headers() headers: Given,
  ) {
    const { measure } = place;
    const asked = { ...bookOf(place), measure, scope: scopeOf(query), asOf: asOfOf(query) };
    return this.bus.execute(new GetMeasure(asked, positionOf(headers)));
  }

  @Get('replay')
  @Policy('read-events')
  @TakesQuery('to', 'knownAt', 'from', 'limit')
  @DescribesQuestion(
    {
      description: 'the history with the running figures after each event; from: index, to: date',
      type: ReplayDto,
    },
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

  @Get('entries/:id')
  @Policy('read-events', { personalData: true })
  @TakesQuery()
  @DescribesQuestion(
    { description: 'one posting, and what later ones may still take of it', type: EntryDto },
    'unit',
    'year',
    'id',
  )
  entry(@Param() place: Place & { id: string }) {
    return this.bus.execute(new GetEntry(bookOf(place), place.id));
  }
}
