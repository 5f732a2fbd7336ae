import { Controller, Get, Headers, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { GetEvents } from '../books/queries.js';
import { nextOf, RANGE, rangeOf } from '../books/books.controller.js';
import { DescribesQuestion } from '../http/describes.js';
import { positionOf, type Headers as Given } from '../http/headers.js';
import type { QueryText } from '../http/question.js';
import { TakesQuery } from '../http/takes-query.js';

/** The log of all books, as it is stored. */
@ApiTags('log')
@Controller('log')
export class LogController {
  constructor(private readonly bus: QueryBus) {}

  @Get('entries')
  @TakesQuery(...RANGE)
  @DescribesQuestion('envelopes and payloads, byte for byte as they are hashed')
  async entries(@Query() query: QueryText, @Headers() headers: Given) {
    const range = rangeOf(query);
    const asked = new GetEvents(undefined, range, positionOf(headers));
    const { events, logSize } = await this.bus.execute(asked);
    const entries = events.map(({ index, envelope, payload }) => ({ index, envelope, payload }));
    return { entries, logSize, ...nextOf(events, range.limit) };
  }
}
