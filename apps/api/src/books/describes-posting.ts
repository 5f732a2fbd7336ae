import { applyDecorators } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiOperation, ApiResponse } from '@nestjs/swagger';
import { ProblemDto, RecordedDto } from '../dto/answers.js';

/** What the OpenAPI document says of every posting. */
export const DescribesPosting = (summary: string) =>
  applyDecorators(
    ApiOperation({ summary }),
    ApiHeader({ name: 'Idempotency-Key', required: true, description: 'the id of the command' }),
    ApiHeader({ name: 'X-Actor', required: true, description: 'who posts' }),
    ApiHeader({ name: 'X-Approved-By', required: false, description: 'who approved' }),
    ApiHeader({ name: 'If-Match', required: false, description: '"revision" of the book' }),
    ApiCreatedResponse({ type: RecordedDto, description: 'recorded, now or before' }),
    ...[400, 403, 409, 412, 413, 422, 503].map((status) =>
      ApiResponse({ status, type: ProblemDto, description: 'application/problem+json' }),
    ),
  );
