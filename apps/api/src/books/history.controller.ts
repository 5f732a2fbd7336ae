import { Controller, Get, Headers, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { eventJson } from '#event-store';
import { Policy } from '../access/policy.js';
import { EventsDto, MatchesDto } from '../dto/events.js';
import { DescribesQuestion } from '../http/describes.js';
import { positionOf, type Headers as Given } from '../http/headers.js';
import { bookOf, numberOf, type QueryText } from '../http/question.js';
import { TakesQuery } from '../http/takes-query.js';
import type { Place } from './books.controller.js';
import { FindEvents, GetEvents } from './history-queries.js';
import { FILTER, revisionsOf, searchOf } from './history-question.js';
import { RANGE } from './range.js';

const MOST_MATCHES = 100_000;
const NARROWED =
  'type (names, with commas between), since and until (business dates), person, document and text (parts of them), ' +
  'line (PROJECT or PROJECT|FUND|ORIGIN), knownAt; order: oldest or newest first; a search that takes long ends ' +
  'early: next says from where (of newest first: to where) to read on';

/** The events of a book. */
@ApiTags('books')
@Controller('books/:unit/:year/events')
@Policy('read-events')
export class HistoryController {
  constructor(private readonly bus: QueryBus) {}

  @Get()
  @TakesQuery(...RANGE, ...FILTER, 'revisions')
  @DescribesQuestion(
    {
      description: `the history of the book. ${NARROWED}. revisions (0-99,105): exactly those of the book`,
      type: EventsDto,
    },
    'unit',
    'year',
  )
  async events(@Param() place: Place, @Query() query: QueryText, @Headers() headers: Given) {
    const asked = { ...this.#asked(place, query), revisions: revisionsOf(query) };
    const page = await this.bus.execute(new GetEvents(asked, positionOf(headers)));
    return { ...page, events: page.events.map(eventJson) };
  }

  @Get('matches')
  @TakesQuery(...RANGE, ...FILTER)
  @DescribesQuestion(
    {
      description: `the revisions of the events that a filter lets through. ${NARROWED}`,
      type: MatchesDto,
    },
    'unit',
    'year',
  )
  matches(@Param() place: Place, @Query() query: QueryText, @Headers() headers: Given) {
    const asked = this.#asked(place, query, MOST_MATCHES);
    return this.bus.execute(new FindEvents(asked, positionOf(headers)));
  }

  #asked(place: Place, query: QueryText, most?: number) {
    const knownAt = numberOf(query, 'knownAt');
    return { book: bookOf(place), request: searchOf(query, most), knownAt };
  }
}
