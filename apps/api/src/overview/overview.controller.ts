import { Controller, Get, Headers, Param } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { coversUnit } from '#domain';
import { DUTIES } from '../access/duties.js';
import { Policy } from '../access/policy.js';
import { Asking, type Principal, seesNames } from '../access/principal.js';
import type { Place } from '../books/books.controller.js';
import { BooksDto } from '../dto/figures.js';
import { DescribesQuestion } from '../http/describes.js';
import { positionOf, type Headers as Given } from '../http/headers.js';
import { bookOf } from '../http/question.js';
import { TakesQuery } from '../http/takes-query.js';
import { ListBooks } from './books-query.js';
import { GetOverview } from './overview-query.js';
import { OverviewDto } from './overview.dto.js';
import { Speaking } from '../http/language.js';
import type { Language } from '#domain';

/** Which books there are, and how each stands. */
@ApiTags('books')
@Controller('books')
export class OverviewController {
  constructor(private readonly bus: QueryBus) {}

  @Get()
  @Policy('list-books')
  @TakesQuery()
  @DescribesQuestion({ description: 'the books in scope, newest year first', type: BooksDto })
  books(@Headers() headers: Given, @Asking() asking: Principal | undefined) {
    const units = asking?.units(DUTIES['list-books'].roles) ?? '*';
    const isSeen = (unit: string) => coversUnit(units, unit);
    return this.bus.execute(new ListBooks(isSeen, positionOf(headers)));
  }

  @Get(':unit/:year/overview')
  @Policy('read-figures')
  @TakesQuery()
  @DescribesQuestion(
    { description: 'how the year stands, and what is to be looked at', type: OverviewDto },
    'unit',
    'year',
  )
  overview(
    @Param() place: Place,
    @Headers() headers: Given,
    @Asking() asking: Principal | undefined,
    @Speaking() language: Language,
  ) {
    const [book, position] = [bookOf(place), positionOf(headers)];
    const withEvents = seesNames(asking, place.unit);
    const asked = new GetOverview(book, new Date(), withEvents, language, position);
    return this.bus.execute(asked);
  }
}
