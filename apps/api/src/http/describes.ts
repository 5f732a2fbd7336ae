import { applyDecorators } from '@nestjs/common';
import {
  ApiExtraModels,
  ApiHeader,
  ApiOkResponse,
  ApiParam,
  ApiResponse,
  getSchemaPath,
} from '@nestjs/swagger';
import { ProblemDto } from '../dto/answers.js';

const EXAMPLES: Readonly<Record<string, string>> = {
  unit: '430203-208001',
  year: '2023',
  measure: 'expenditure',
  report: 'annex-3',
  row: 'YF',
  column: 'expenditure',
};

/** The places in an address, in its order. */
export const DescribesAddress = (...names: readonly string[]) =>
  applyDecorators(
    ...names.map((name) =>
      ApiParam({ name, schema: { type: 'string', example: EXAMPLES[name] ?? '' } }),
    ),
  );

/** Which statuses come with problem details. */
export const DescribesProblems = (...statuses: readonly number[]) =>
  applyDecorators(
    ApiExtraModels(ProblemDto),
    ...statuses.map((status) =>
      ApiResponse({
        status,
        description: 'a refusal, as docs/errors.md lists them',
        content: { 'application/problem+json': { schema: { $ref: getSchemaPath(ProblemDto) } } },
      }),
    ),
  );

/** What the OpenAPI document says of every question; `type` is what its answer is, where that is JSON. */
export const DescribesQuestion = (
  answer: string | { readonly description: string; readonly type: new () => object },
  ...address: readonly string[]
) =>
  applyDecorators(
    DescribesAddress(...address),
    ApiHeader({
      name: 'Ledger-Position',
      required: false,
      description: 'the answer waits until the read models have this position, then gives up (503)',
    }),
    ApiOkResponse(typeof answer === 'string' ? { description: answer } : answer),
    DescribesProblems(400, 404, 422, 503),
  );
