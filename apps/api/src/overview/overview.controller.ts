import { Controller, Get, Headers, Param } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { Place } from '../books/books.controller.js';
import { BooksDto } from '../dto/figures.js';
import { DescribesQuestion } from '../http/describes.js';
import { positionOf, type Headers as Given } from '../http/headers.js';
import { bookOf } from '../http/question.js';
import { TakesQuery } from '../http/takes-query.js';
import { ListBooks } from './books-query.js';
import { GetOverview } from './overview-query.js';
import { OverviewDto } from './overview.dto.js';

/** Which books there are, and how each stands. */
@ApiTags('books')
@Controller('books')
export class OverviewController {
  constructor(private readonly bus: QueryBus) {}

  @Get()
  @TakesQuery()
  @DescribesQuestion({ description: 'the books, newest year first', type: BooksDto })
  books(@Headers() headers: Given) {
    return this.bus.execute(new ListBooks(positionOf(headers)));
  }

  @Get(':unit/:year/overview')
  @TakesQuery()
  @DescribesQuestion(
    { description: 'how the year stands, and what is to be looked at', type: OverviewDto },
    'unit',
    'year',
  )
  overview(@Param() place: Place, @Headers() headers: Given) {
    return this.bus.execute(new GetOverview(bookOf(place), new Date(), positionOf(headers)));
  }
}
