import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Policy } from '../access/policy.js';
import { answerPosting } from '../books/answer.js';
import { Arrival, type Arrived } from '../books/arrival.js';
import type { Place } from '../books/books.controller.js';
import { RecordedDto } from '../dto/answers.js';
import { DescribesAddress, DescribesProblems, DescribesQuestion } from '../http/describes.js';
import { bookOf } from '../http/question.js';
import { TakesQuery } from '../http/takes-query.js';
import { SettleProposal } from '../proposals/settle-proposal.js';
import { GetApprovalRule } from './approval-rule-query.js';
import { ApprovalRuleBodyDto, ApprovalRuleDto } from './approval-rule.dto.js';

/** From which amount on a posting of a book needs a second person. */
@ApiTags('proposals')
@Controller('books/:unit/:year/approval-rule')
export class ApprovalRuleController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  @Policy('read-approval-rule')
  @TakesQuery()
  @DescribesQuestion(
    { description: 'the rule in force, and who set it when', type: ApprovalRuleDto },
    'unit',
    'year',
  )
  current(@Param() place: Place) {
    return this.queries.execute(new GetApprovalRule(bookOf(place)));
  }

  @Put()
  @Policy('set-approval-rule')
  @ApiOperation({ summary: 'from which amount on a second person must approve' })
  @DescribesAddress('unit', 'year')
  @ApiHeader({ name: 'Idempotency-Key', required: true, description: 'the id of the command' })
  @ApiOkResponse({ type: RecordedDto })
  @DescribesProblems(400, 401, 403, 404, 409, 412, 413, 422, 503)
  async set(
    @Param() place: Place,
    @Body() { threshold, windowDays }: ApprovalRuleBodyDto,
    @Arrival() { key, people, ifMatch, reply }: Arrived,
  ) {
    const book = bookOf(place);
    const rule = { threshold, windowDays };
    const set = new SettleProposal(
      'set-approval-rule',
      book,
      undefined,
      rule,
      key,
      people,
      ifMatch,
    );
    return answerPosting(reply, book, await this.commands.execute(set));
  }
}
