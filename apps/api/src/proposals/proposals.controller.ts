import { Body, Controller, Get, HttpCode, Param, Post, Put, Query, Req } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import {
  ApiCreatedResponse,
  ApiExtraModels,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Policy } from '../access/policy.js';
import { principalOf } from '../access/principal.js';
import { answerPosting } from '../books/answer.js';
import { Arrival, type Arrived } from '../books/arrival.js';
import { PostCommand } from '../books/post-command.js';
import { RecordedDto } from '../dto/answers.js';
import * as postings from '../dto/postings.js';
import * as dto from '../dto/proposals.js';
import { DescribesAddress, DescribesProblems, DescribesQuestion } from '../http/describes.js';
import { peopleOf } from '../http/headers.js';
import { bookOf, choiceOf, numberOf, type QueryText } from '../http/question.js';
import { TakesQuery } from '../http/takes-query.js';
import { ApproveProposal } from './approve-proposal.js';
import { DescribesProposal, ID_ADDRESS } from './describes-proposal.js';
import { PreviewPosting } from './preview.js';
import { answerProposal, SettleProposal } from './settle-proposal.js';
import { GetProposal, ListProposals } from './proposal-queries.js';
import { proposing, type Place } from './propose.js';
import { Speaking } from '../http/language.js';
import type { Language } from '#domain';

type ProposalPlace = Place & { readonly id: string };

const STATES = ['open', 'returned', 'withdrawn', 'approved', 'all'] as const;
const MOST_PROPOSALS = 200;

/** Four eyes in one book: what a clerk proposes and a reviewer approves or returns. */
@ApiTags('proposals')
@ApiExtraModels(...Object.values(postings))
@Controller('books/:unit/:year')
export class ProposalsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Post('proposals')
  @Policy('propose')
  @DescribesProposal('proposes a posting; the key is the id that it will be recorded under', {
    status: 201,
    address: ['unit', 'year'],
  })
  async propose(
    @Param() place: Place,
    @Body() { posting }: dto.ProposalBodyDto,
    @Arrival() { key, people, ifMatch, reply }: Arrived,
  ) {
    const input = proposing(place, key, posting);
    const recorded = await this.commands.execute(new PostCommand(input, people, ifMatch));
    return answerProposal(this.queries, reply, bookOf(place), key, recorded);
  }

  @Get('proposals')
  @Policy('read-proposals', { personalData: true })
  @TakesQuery('state', 'from', 'limit')
  @DescribesQuestion(
    {
      description: 'the proposals of the book, oldest first; open ones by default',
      type: dto.ProposalsDto,
    },
    'unit',
    'year',
  )
  list(@Param() place: Place, @Query() query: QueryText, @Speaking() language: Language) {
    const state = choiceOf(query, 'state', STATES, 'open');
    const limit = Math.min(numberOf(query, 'limit') ?? MOST_PROPOSALS, MOST_PROPOSALS);
    const range = { from: numberOf(query, 'from') ?? 0, limit };
    const wanted = state === 'all' ? undefined : state;
    return this.queries.execute(new ListProposals(bookOf(place), wanted, range, language));
  }

  @Get('proposals/:id')
  @Policy('read-proposals', { personalData: true })
  @DescribesQuestion(
    { description: 'one proposal with its history', type: dto.ProposalDetailDto },
    ...ID_ADDRESS,
  )
  one(@Param() place: ProposalPlace, @Speaking() language: Language) {
    return this.queries.execute(new GetProposal(bookOf(place), place.id, language));
  }

  @Put('proposals/:id')
  @Policy('propose')
  @DescribesProposal('puts another posting in the place of the one proposed')
  revise(
    @Param() place: ProposalPlace,
    @Body() { posting, reason }: dto.RevisionBodyDto,
    @Arrival() arrived: Arrived,
  ) {
    const body = { posting, ...(reason !== undefined && { reason }) };
    return this.#settle('revise-proposal', place, body, arrived);
  }

  @Post('proposals/:id/return')
  @HttpCode(200)
  @Policy('review')
  @DescribesProposal('returns a proposal to who made it')
  giveBack(
    @Param() place: ProposalPlace,
    @Body() { hash, reason }: dto.ReturnBodyDto,
    @Arrival() arrived: Arrived,
  ) {
    return this.#settle('return-proposal', place, { hash, reason }, arrived);
  }

  @Post('proposals/:id/withdrawal')
  @HttpCode(200)
  @Policy('propose')
  @DescribesProposal('withdraws a proposal for good')
  withdraw(
    @Param() place: ProposalPlace,
    @Body() { reason }: dto.WithdrawalBodyDto,
    @Arrival() arrived: Arrived,
  ) {
    const body = reason === undefined ? {} : { reason };
    return this.#settle('withdraw-proposal', place, body, arrived);
  }

  async #settle(
    command: SettleProposal['command'],
    place: ProposalPlace,
    body: Readonly<Record<string, unknown>>,
    { key, people, ifMatch, reply }: Arrived,
  ) {
    const { id } = place;
    const book = bookOf(place);
    const settle = new SettleProposal(command, book, id, body, key, people, ifMatch);
    const recorded = await this.commands.execute(settle);
    return answerProposal(this.queries, reply, book, id, recorded);
  }

  @Post('proposals/:id/approval')
  @Policy('review')
  @ApiOperation({ summary: 'approves what the hash says was shown: the posting is recorded' })
  @DescribesAddress(...ID_ADDRESS)
  @ApiHeader({ name: 'X-Actor', required: false, description: 'who approves, without accounts' })
  @ApiCreatedResponse({ type: RecordedDto, description: 'posted, now or before' })
  @DescribesProblems(400, 401, 403, 404, 409, 412, 413, 422, 503)
  async approve(
    @Param() place: ProposalPlace,
    @Body() { hash }: dto.ApprovalBodyDto,
    @Arrival({ keyless: true }) { people, ifMatch, reply }: Arrived,
  ) {
    const book = bookOf(place);
    const approve = new ApproveProposal(book, place.id, hash, people, ifMatch);
    return answerPosting(reply, book, await this.commands.execute(approve));
  }

  @Post('preview')
  @HttpCode(200)
  @Policy('propose')
  @ApiOperation({
    summary: 'what a posting would do, and whether it needs approval; stores nothing',
  })
  @DescribesAddress('unit', 'year')
  @ApiOkResponse({ type: dto.PreviewDto })
  @DescribesProblems(400, 401, 403, 404, 413, 422, 503)
  preview(
    @Param() place: Place,
    @Body() { posting, proposal }: dto.PreviewBodyDto,
    @Req() request: FastifyRequest,
    @Speaking() language: Language,
  ) {
    const people = peopleOf(request.headers, principalOf(request));
    const preview = new PreviewPosting(bookOf(place), posting, people, language, proposal);
    return this.queries.execute(preview);
  }
}
