import { Body, Controller, Headers, Param, Post, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import * as dto from '../dto/postings.js';
import { idempotencyKeyOf, ifMatchOf, peopleOf, type Headers as Given } from '../http/headers.js';
import { answerPosting } from './answer.js';
import { DescribesPosting } from './describes-posting.js';
import { PostCommand } from './post-command.js';
import { commandOf, type PostingSegment } from './postings.js';

interface Place {
  readonly unit: string;
  readonly year: string;
}

/** Every way to post. Each body has its type; what is done with it is the same for all. */
@ApiTags('postings')
@Controller('books')
export class PostingsController {
  constructor(private readonly bus: CommandBus) {}

  async #post(
    segment: PostingSegment | 'books',
    body: object,
    headers: Given,
    reply: FastifyReply,
    place?: Place,
  ) {
    const input = commandOf(segment, body, idempotencyKeyOf(headers), place);
    const command = new PostCommand(input, peopleOf(headers), ifMatchOf(headers));
    const recorded = await this.bus.execute(command);
    const book = { unit: String(input['unit']), fiscalYear: Number(input['fiscalYear']) };
    return answerPosting(reply, book, recorded);
  }

  @Post()
  @DescribesPosting('opens a book')
  open(@Body() b: dto.BookDto, @Headers() h: Given, @Res({ passthrough: true }) r: FastifyReply) {
    return this.#post('books', b, h, r);
  }

  @Post(':unit/:year/projects')
  @DescribesPosting('registers a project')
  projects(
    @Param() p: Place,
    @Body() b: dto.ProjectDto,
    @Headers() h: Given,
    @Res({ passthrough: true }) r: FastifyReply,
  ) {
    return this.#post('projects', b, h, r, p);
  }

  @Post(':unit/:year/carryovers')
  @DescribesPosting('brings carryover in')
  carryovers(
    @Param() p: Place,
    @Body() b: dto.CarryoverDto,
    @Headers() h: Given,
    @Res({ passthrough: true }) r: FastifyReply,
  ) {
    return this.#post('carryovers', b, h, r, p);
  }

  @Post(':unit/:year/appropriations')
  @DescribesPosting('approves the initial budget')
  appropriations(
    @Param() p: Place,
    @Body() b: dto.AppropriationDto,
    @Headers() h: Given,
    @Res({ passthrough: true }) r: FastifyReply,
  ) {
    return this.#post('appropriations', b, h, r, p);
  }

  @Post(':unit/:year/adjustments')
  @DescribesPosting('adjusts the budget, or releases carryover')
  adjustments(
    @Param() p: Place,
    @Body() b: dto.AdjustmentDto,
    @Headers() h: Given,
    @Res({ passthrough: true }) r: FastifyReply,
  ) {
    return this.#post('adjustments', b, h, r, p);
  }

  @Post(':unit/:year/transfers')
  @DescribesPosting('transfers budget between lines')
  transfers(
    @Param() p: Place,
    @Body() b: dto.AdjustmentDto,
    @Headers() h: Given,
    @Res({ passthrough: true }) r: FastifyReply,
  ) {
    return this.#post('transfers', b, h, r, p);
  }

  @Post(':unit/:year/direct-allocations')
  @DescribesPosting('allocates funds directly to a sub-district')
  directAllocations(
    @Param() p: Place,
    @Body() b: dto.DirectAllocationDto,
    @Headers() h: Given,
    @Res({ passthrough: true }) r: FastifyReply,
  ) {
    return this.#post('direct-allocations', b, h, r, p);
  }

  @Post(':unit/:year/acknowledgements')
  @DescribesPosting('acknowledges a direct allocation')
  acknowledgements(
    @Param() p: Place,
    @Body() b: dto.AcknowledgementDto,
    @Headers() h: Given,
    @Res({ passthrough: true }) r: FastifyReply,
  ) {
    return this.#post('acknowledgements', b, h, r, p);
  }

  @Post(':unit/:year/reservations')
  @DescribesPosting('reserves budget')
  reservations(
    @Param() p: Place,
    @Body() b: dto.ReservationDto,
    @Headers() h: Given,
    @Res({ passthrough: true }) r: FastifyReply,
  ) {
    return this.#post('reservations', b, h, r, p);
  }

  @Post(':unit/:year/releases')
  @DescribesPosting('releases a reservation')
  releases(
    @Param() p: Place,
    @Body() b: dto.ReleaseDto,
    @Headers() h: Given,
    @Res({ passthrough: true }) r: FastifyReply,
  ) {
    return this.#post('releases', b, h, r, p);
  }

  @Post(':unit/:year/payments')
  @DescribesPosting('makes a payment')
  payments(
    @Param() p: Place,
    @Body() b: dto.PaymentDto,
    @Headers() h: Given,
    @Res({ passthrough: true }) r: FastifyReply,
  ) {
    return this.#post('payments', b, h, r, p);
  }

  @Post(':unit/:year/refunds')
  @DescribesPosting('refunds a payment')
  refunds(
    @Param() p: Place,
    @Body() b: dto.RefundDto,
    @Headers() h: Given,
    @Res({ passthrough: true }) r: FastifyReply,
  ) {
    return this.#post('refunds', b, h, r, p);
  }

  @Post(':unit/:year/reversals')
  @DescribesPosting('reverses an entry')
  reversals(
    @Param() p: Place,
    @Body() b: dto.ReversalDto,
    @Headers() h: Given,
    @Res({ passthrough: true }) r: FastifyReply,
  ) {
    return this.#post('reversals', b, h, r, p);
  }

  @Post(':unit/:year/statistics')
  @DescribesPosting('records a statistic')
  statistics(
    @Param() p: Place,
    @Body() b: dto.StatisticDto,
    @Headers() h: Given,
    @Res({ passthrough: true }) r: FastifyReply,
  ) {
    return this.#post('statistics', b, h, r, p);
  }

  @Post(':unit/:year/prior-years')
  @DescribesPosting('records prior-year figures')
  priorYears(
    @Param() p: Place,
    @Body() b: dto.PriorYearDto,
    @Headers() h: Given,
    @Res({ passthrough: true }) r: FastifyReply,
  ) {
    return this.#post('prior-years', b, h, r, p);
  }

  @Post(':unit/:year/indicators')
  @DescribesPosting('adopts performance indicators')
  indicators(
    @Param() p: Place,
    @Body() b: dto.IndicatorsDto,
    @Headers() h: Given,
    @Res({ passthrough: true }) r: FastifyReply,
  ) {
    return this.#post('indicators', b, h, r, p);
  }

  @Post(':unit/:year/indicator-results')
  @DescribesPosting('records the result of an indicator')
  indicatorResults(
    @Param() p: Place,
    @Body() b: dto.IndicatorResultDto,
    @Headers() h: Given,
    @Res({ passthrough: true }) r: FastifyReply,
  ) {
    return this.#post('indicator-results', b, h, r, p);
  }

  @Post(':unit/:year/execution-scores')
  @DescribesPosting('scores budget execution')
  executionScores(
    @Param() p: Place,
    @Body() b: dto.ExecutionScoreDto,
    @Headers() h: Given,
    @Res({ passthrough: true }) r: FastifyReply,
  ) {
    return this.#post('execution-scores', b, h, r, p);
  }

  @Post(':unit/:year/closing')
  @DescribesPosting('closes the year')
  closing(
    @Param() p: Place,
    @Body() b: dto.ClosingDto,
    @Headers() h: Given,
    @Res({ passthrough: true }) r: FastifyReply,
  ) {
    return this.#post('closing', b, h, r, p);
  }

  @Post(':unit/:year/reopening')
  @DescribesPosting('reopens a closed year')
  reopening(
    @Param() p: Place,
    @Body() b: dto.ReopeningDto,
    @Headers() h: Given,
    @Res({ passthrough: true }) r: FastifyReply,
  ) {
    return this.#post('reopening', b, h, r, p);
  }

  @Post(':unit/:year/publications')
  @DescribesPosting('records a published report')
  publications(
    @Param() p: Place,
    @Body() b: dto.PublicationDto,
    @Headers() h: Given,
    @Res({ passthrough: true }) r: FastifyReply,
  ) {
    return this.#post('publications', b, h, r, p);
  }
}
