import { Controller, Get, Query, Req } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { coversUnit, type Language, type Role } from '#domain';
import type { Waiting } from '#projections';
import { Policy } from '../access/policy.js';
import { principalOf } from '../access/principal.js';
import { WaitingProposalsDto } from '../dto/proposals.js';
import { DescribesQuestion } from '../http/describes.js';
import { peopleOf } from '../http/headers.js';
import { choiceOf, numberOf, type QueryText } from '../http/question.js';
import { TakesQuery } from '../http/takes-query.js';
import { ListWaiting } from './proposal-queries.js';
import { Speaking } from '../http/language.js';

const MOST_PROPOSALS = 200;
const WAITING_FOR = ['anyone', 'me', 'mine'] as const;

/** Whose proposals are asked for, and by which duties they are seen. */
const DUTIES_FOR: Readonly<Record<(typeof WAITING_FOR)[number], readonly Role[]>> = {
  anyone: ['clerk', 'reviewer', 'auditor'],
  me: ['reviewer'],
  mine: ['clerk'],
};

@ApiTags('proposals')
@Controller('proposals')
export class WaitingController {
  constructor(private readonly bus: QueryBus) {}

  @Get()
  @Policy('list-proposals', { personalData: true })
  @TakesQuery('waitingFor', 'limit')
  @DescribesQuestion({
    description:
      'proposals that wait, over all books in scope, oldest first: for me to approve, or mine, or all',
    type: WaitingProposalsDto,
  })
  list(@Query() query: QueryText, @Req() request: FastifyRequest, @Speaking() language: Language) {
    const waitingFor = choiceOf(query, 'waitingFor', WAITING_FOR, 'anyone');
    const asking = principalOf(request);
    const units = asking?.units([...DUTIES_FOR[waitingFor]]) ?? '*';
    const limit = Math.min(numberOf(query, 'limit') ?? MOST_PROPOSALS, MOST_PROPOSALS);
    const waiting = (): Waiting => {
      if (waitingFor === 'anyone') return { for: 'anyone' };
      const { actor: person } = peopleOf(request.headers, asking);
      return { for: waitingFor === 'me' ? 'approval' : 'proposer', person };
    };
    const seen = (unit: string) => coversUnit(units, unit);
    return this.bus.execute(new ListWaiting(waiting(), seen, limit, language));
  }
}
