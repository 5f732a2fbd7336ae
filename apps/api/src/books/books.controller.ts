import { Controller, Get, Headers, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { MEASURES } from '#domain';
import { eventJson } from '#event-store';
import { Policy } from '../access/policy.js';
import { EntryDto } from '../dto/entries.js';
import { EventsDto, ReplayDto } from '../dto/events.js';
import { MeasureDto } from '../dto/figures.js';
import { DescribesQuestion } from '../http/describes.js';
import { positionOf, type Headers as Given } from '../http/headers.js';
import { asOfOf, bookOf, numberOf, scopeOf, type QueryText } from '../http/question.js';
import { TakesQuery } from '../http/takes-query.js';
import { GetEntry } from './entry-query.js';
import { GetEvents, GetMeasure, GetReplay } from './queries.js';

export interface Place {
  readonly unit: string;
  readonly year: string;
}

export const MOST_EVENTS = 1000;

export const AS_OF = ['from', 'to', 'knownAt'] as const;
export const RANGE = ['from', 'to', 'limit'] as const;

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

  @Get('events')
  @Policy('read-events')
  @TakesQuery(...RANGE)
  @DescribesQuestion(
    { description: 'the history of the book, oldest first', type: EventsDto },
    'unit',
    'year',
  )
  async events(@Param() place: Place, @Query() query: QueryText, @Headers() headers: Given) {
    const range = rangeOf(query);
    const asked = new GetEvents(bookOf(place), range, positionOf(headers));
    const { events, logSize } = await this.bus.execute(asked);
    return { events: events.map(eventJson), logSize, ...nextOf(events, range.limit) };
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
