import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Policy } from '../access/policy.js';
import type { Place } from '../books/books.controller.js';
import { DescribesQuestion } from '../http/describes.js';
import { positionOf, type Headers as Given } from '../http/headers.js';
import { bookOf, textOf, type QueryText } from '../http/question.js';
import { TakesQuery } from '../http/takes-query.js';
import { RehearseClosing } from './closing-query.js';
import { ClosingRehearsalDto, ClosingWishesDto } from './closing.dto.js';
import { Speaking } from '../http/language.js';
import type { Language } from '#domain';

/** The close of a year, tried in memory: nothing is stored. */
@ApiTags('closing')
@Controller('books/:unit/:year/closing-rehearsal')
@Policy('rehearse-closing')
export class ClosingController {
  constructor(private readonly bus: QueryBus) {}

  @Get()
  @TakesQuery('date', 'reason')
  @DescribesQuestion(
    { description: 'the close as the rule proposes it', type: ClosingRehearsalDto },
    'unit',
    'year',
  )
  proposed(
    @Param() place: Place,
    @Query() query: QueryText,
    @Headers() headers: Given,
    @Speaking() language: Language,
  ) {
    const [date, reason] = [textOf(query, 'date'), textOf(query, 'reason')];
    return this.#rehearse(
      place,
      { ...(date !== undefined && { date }), ...(reason !== undefined && { reason }) },
      headers,
      language,
    );
  }

  @Post()
  @HttpCode(200)
  @TakesQuery()
  @DescribesQuestion(
    { description: 'the close with remainders treated as given', type: ClosingRehearsalDto },
    'unit',
    'year',
  )
  wished(
    @Param() place: Place,
    @Body() wishes: ClosingWishesDto,
    @Headers() headers: Given,
    @Speaking() language: Language,
  ) {
    return this.#rehearse(place, wishes, headers, language);
  }

  #rehearse(place: Place, wishes: ClosingWishesDto, headers: Given, language: Language) {
    const [book, position] = [bookOf(place), positionOf(headers)];
    const asked = new RehearseClosing(book, wishes, new Date(), language, position);
    return this.bus.execute(asked);
  }
}
