import { applyDecorators } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse } from '@nestjs/swagger';
import { ProposalDetailDto } from '../dto/proposals.js';
import { DescribesAddress, DescribesProblems } from '../http/describes.js';

export const ID_ADDRESS = ['unit', 'year', 'id'] as const;

/** What the OpenAPI document says of what is done to a proposal: the answer is the proposal as it is then. */
export const DescribesProposal = (
  summary: string,
  { status = 200, address = ID_ADDRESS }: { status?: number; address?: readonly string[] } = {},
) =>
  applyDecorators(
    ApiOperation({ summary }),
    DescribesAddress(...address),
    ApiHeader({ name: 'Idempotency-Key', required: true, description: 'the id of the command' }),
    ApiHeader({
      name: 'X-Actor',
      required: false,
      description: 'who, where there are no accounts',
    }),
    ApiResponse({
      status,
      type: ProposalDetailDto,
      description: 'the proposal as it is now',
      headers: {
        'Ledger-Position': {
          description: 'the position that a read gives to see this event',
          schema: { type: 'string' },
        },
      },
    }),
    DescribesProblems(400, 401, 403, 404, 409, 412, 413, 422, 503),
  );
