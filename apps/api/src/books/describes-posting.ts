import { applyDecorators } from '@nestjs/common';
import { ApiAcceptedResponse, ApiCreatedResponse, ApiHeader, ApiOperation } from '@nestjs/swagger';
import { RecordedDto } from '../dto/answers.js';
import { ProposalDetailDto } from '../dto/proposals.js';
import { DescribesAddress, DescribesProblems } from '../http/describes.js';

const text = (description: string) => ({ description, schema: { type: 'string' as const } });

/** What the OpenAPI document says of every posting; `address` names the places in its path. */
export const DescribesPosting = (summary: string, address: readonly string[] = ['unit', 'year']) =>
  applyDecorators(
    ApiOperation({ summary }),
    DescribesAddress(...address),
    ApiHeader({ name: 'Idempotency-Key', required: true, description: 'the id of the command' }),
    ApiHeader({
      name: 'X-Actor',
      required: false,
      description: 'who posts, percent-encoded; where there are accounts who is logged in',
    }),
    ApiHeader({ name: 'X-Approved-By', required: false, description: 'who approved, the same' }),
    ApiHeader({ name: 'If-Match', required: false, description: '"revision" of the book' }),
    ApiCreatedResponse({
      type: RecordedDto,
      description: 'recorded, now or before',
      headers: {
        ETag: text('the revision of the event in its book, in double quotes'),
        'Ledger-Position': text('the position that a read gives to see this event'),
        Location: text('where the event is'),
      },
    }),
    ApiAcceptedResponse({
      type: ProposalDetailDto,
      description:
        'where there are accounts: it is above the rule of the book and waits for approval',
    }),
    DescribesProblems(400, 401, 403, 409, 412, 413, 422, 503),
  );
