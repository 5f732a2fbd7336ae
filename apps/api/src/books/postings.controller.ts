import { Body, Controller, HttpStatus, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Policy } from '../access/policy.js';
import * as dto from '../dto/postings.js';
import { LedgerRefusal } from '#domain';
import type { People } from '../http/headers.js';
import { proposing } from '../proposals/propose.js';
import { answerProposal } from '../proposals/settle-proposal.js';
import { answerPosting } from './answer.js';
import { Arrival, type Arrived } from './arrival.js';
import { DescribesPosting } from './describes-posting.js';
import { PostCommand } from './post-command.js';
import { commandOf, type PostingSegment } from './postings.js';

const mayPropose = (error: unknown, { fourEyes }: People): boolean =>
  fourEyes === true && error instanceof LedgerRefusal && error.error.code === 'approval-required';

/** Every way to post. Each body has its type; what is done with it is the same for all. */
@ApiTags('postings')
@Controller('books')
@Policy('post')
export class PostingsController {
  constructor(
    private readonly bus: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  async #post(segment: PostingSegment | 'books', body: object, arrived: Arrived) {
    const { key, people, ifMatch, place, reply } = arrived;
    const input = commandOf(segment, body, key, place);
    const book = { unit: String(input['unit']), fiscalYear: Number(input['fiscalYear']) };
    try {
      const recorded = await this.bus.execute(new PostCommand(input, people, ifMatch));
      return answerPosting(reply, book, recorded);
    } catch (error) {
      if (!place || !mayPropose(error, people)) throw error;
      // what one person may not post alone waits for another: the same request again finds it waiting
      const posting = { ...body, command: input['command'] };
      const propose = new PostCommand(proposing(place, key, posting), people, ifMatch);
      void reply.status(HttpStatus.ACCEPTED);
      return answerProposal(this.queries, reply, book, key, await this.bus.execute(propose));
    }
  }

  @Post()
  @Policy('open-book')
  @DescribesPosting('opens a book', [])
  open(@Body() body: dto.BookDto, @Arrival() arrived: Arrived) {
    return this.#post('books', body, arrived);
  }

  @Post(':unit/:year/projects')
  @DescribesPosting('registers a project')
  projects(@Body() body: dto.ProjectDto, @Arrival() arrived: Arrived) {
    return this.#post('projects', body, arrived);
  }

  @Post(':unit/:year/carryovers')
  @DescribesPosting('brings carryover in')
  carryovers(@Body() body: dto.CarryoverDto, @Arrival() arrived: Arrived) {
    return this.#post('carryovers', body, arrived);
  }

  @Post(':unit/:year/appropriations')
  @DescribesPosting('approves the initial budget')
  appropriations(@Body() body: dto.AppropriationDto, @Arrival() arrived: Arrived) {
    return this.#post('appropriations', body, arrived);
  }

  @Post(':unit/:year/adjustments')
  @DescribesPosting('adjusts the budget, or releases carryover')
  adjustments(@Body() body: dto.AdjustmentDto, @Arrival() arrived: Arrived) {
    return this.#post('adjustments', body, arrived);
  }

  @Post(':unit/:year/transfers')
  @DescribesPosting('transfers budget between lines')
  transfers(@Body() body: dto.AdjustmentDto, @Arrival() arrived: Arrived) {
    return this.#post('transfers', body, arrived);
  }

  @Post(':unit/:year/direct-allocations')
  @DescribesPosting('allocates funds directly to a sub-district')
  directAllocations(@Body() body: dto.DirectAllocationDto, @Arrival() arrived: Arrived) {
    return this.#post('direct-allocations', body, arrived);
  }

  @Post(':unit/:year/acknowledgements')
  @DescribesPosting('acknowledges a direct allocation')
  acknowledgements(@Body() body: dto.AcknowledgementDto, @Arrival() arrived: Arrived) {
    return this.#post('acknowledgements', body, arrived);
  }

  @Post(':unit/:year/reservations')
  @DescribesPosting('reserves budget')
  reservations(@Body() body: dto.ReservationDto, @Arrival() arrived: Arrived) {
    return this.#post('reservations', body, arrived);
  }

  @Post(':unit/:year/releases')
  @DescribesPosting('releases a reservation')
  releases(@Body() body: dto.ReleaseDto, @Arrival() arrived: Arrived) {
    return this.#post('releases', body, arrived);
  }

  @Post(':unit/:year/payments')
  @DescribesPosting('makes a payment')
  payments(@Body() body: dto.PaymentDto, @Arrival() arrived: Arrived) {
    return this.#post('payments', body, arrived);
  }

  @Post(':unit/:year/refunds')
  @DescribesPosting('refunds a payment')
  refunds(@Body() body: dto.RefundDto, @Arrival() arrived: Arrived) {
    return this.#post('refunds', body, arrived);
  }

  @Post(':unit/:year/reversals')
  @DescribesPosting('reverses an entry')
  reversals(@Body() body: dto.ReversalDto, @Arrival() arrived: Arrived) {
    return this.#post('reversals', body, arrived);
  }

  @Post(':unit/:year/statistics')
  @DescribesPosting('records a statistic')
  statistics(@Body() body: dto.StatisticDto, @Arrival() arrived: Arrived) {
    return this.#post('statistics', body, arrived);
  }

  @Post(':unit/:year/prior-years')
  @DescribesPosting('records prior-year figures')
  priorYears(@Body() body: dto.PriorYearDto, @Arrival() arrived: Arrived) {
    return this.#post('prior-years', body, arrived);
  }

  @Post(':unit/:year/indicators')
  @DescribesPosting('adopts performance indicators')
  indicators(@Body() body: dto.IndicatorsDto, @Arrival() arrived: Arrived) {
    return this.#post('indicators', body, arrived);
  }

  @Post(':unit/:year/indicator-results')
  @DescribesPosting('records the result of an indicator')
  indicatorResults(@Body() body: dto.IndicatorResultDto, @Arrival() arrived: Arrived) {
    return this.#post('indicator-results', body, arrived);
  }

  @Post(':unit/:year/execution-scores')
  @DescribesPosting('scores budget execution')
  executionScores(@Body() body: dto.ExecutionScoreDto, @Arrival() arrived: Arrived) {
    return this.#post('execution-scores', body, arrived);
  }

  @Post(':unit/:year/closing')
  @DescribesPosting('closes the year')
  closing(@Body() body: dto.ClosingDto, @Arrival() arrived: Arrived) {
    return this.#post('closing', body, arrived);
  }

  @Post(':unit/:year/reopening')
  @DescribesPosting('reopens a closed year')
  reopening(@Body() body: dto.ReopeningDto, @Arrival() arrived: Arrived) {
    return this.#post('reopening', body, arrived);
  }

  @Post(':unit/:year/publications')
  @DescribesPosting('records a published report')
  publications(@Body() body: dto.PublicationDto, @Arrival() arrived: Arrived) {
    return this.#post('publications', body, arrived);
  }
}
