import { Controller, Get, Headers, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Policy } from '../access/policy.js';
import type { Place } from '../books/books.controller.js';
import { LinesDto } from '../dto/figures.js';
import { DescribesQuestion } from '../http/describes.js';
import { positionOf, type Headers as Given } from '../http/headers.js';
import { asOfOf, bookOf, type QueryText } from '../http/question.js';
import { TakesQuery } from '../http/takes-query.js';
import { GetLines } from './lines-query.js';

/** The budget lines of a book at any moment. */
@ApiTags('books')
@Controller('books/:unit/:year/lines')
export class LinesController {
  constructor(private readonly bus: QueryBus) {}

  @Get()
  @Policy('read-figures')
  @TakesQuery('to', 'knownAt')
  @DescribesQuestion(
    { description: 'every budget line with its figures, and their totals', type: LinesDto },
    'unit',
    'year',
  )
  lines(@Param() place: Place, @Query() query: QueryText, @Headers() headers: Given) {
    return this.bus.execute(new GetLines(bookOf(place), asOfOf(query), positionOf(headers)));
  }
}
