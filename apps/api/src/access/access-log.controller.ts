import { Controller, Get, Header, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Access, type RecordedAccess } from '#accounts';
import { AccessLogDto, type AccessLogEntryDto } from '../dto/accounts.js';
import { DescribesProblems } from '../http/describes.js';
import { numberOf, optionalChoiceOf, textOf, type QueryText } from '../http/question.js';
import { TakesQuery } from '../http/takes-query.js';
import { Policy } from './policy.js';

const MOST_ENTRIES = 1000;

/** Who was denied what, and who read names of persons. */
@ApiTags('access log')
@Controller('access-log')
@Policy('read-access-log')
export class AccessLogController {
  constructor(private readonly access: Access) {}

  @Get()
  @TakesQuery('from', 'limit', 'account', 'outcome')
  @ApiOkResponse({
    type: AccessLogDto,
    description: 'a page, oldest first; the newest without from',
  })
  @DescribesProblems(401, 403, 422)
  async entries(@Query() query: QueryText): Promise<AccessLogDto> {
    const from = numberOf(query, 'from');
    const account = textOf(query, 'account');
    const outcome = optionalChoiceOf(query, 'outcome', ['allowed', 'denied'] as const);
    const page = await this.access.log.read({
      limit: Math.min(numberOf(query, 'limit') ?? MOST_ENTRIES, MOST_ENTRIES),
      ...(from !== undefined && { from }),
      ...(account !== undefined && { account }),
      ...(outcome !== undefined && { outcome }),
    });
    return { ...page, entries: page.entries.map(entryAnswer) };
  }

  @Get('checkpoint')
  @Header('content-type', 'text/plain; charset=utf-8')
  @TakesQuery('size')
  @ApiOkResponse({
    description: 'the newest signed checkpoint of the access log, or that of a size',
  })
  @DescribesProblems(401, 403, 404)
  checkpoint(@Query() query: QueryText): Promise<string> {
    return this.access.log.ledger.log.signed(numberOf(query, 'size'));
  }
}

const entryAnswer = ({ roles, ...entry }: RecordedAccess): AccessLogEntryDto => ({
  ...entry,
  role: roles.join(', '),
});
