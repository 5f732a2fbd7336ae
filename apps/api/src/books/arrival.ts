import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { principalOf, type Principal } from '../access/principal.js';
import { idempotencyKeyOf, ifMatchOf, peopleOf, type People } from '../http/headers.js';

/** What a posting brings besides its body. */
export interface Arrived {
  readonly key: string;
  readonly people: People;
  /** None until there are accounts. */
  readonly asking: Principal | undefined;
  readonly ifMatch: number | undefined;
  /** None where the body itself names the book, as it does when it opens one. */
  readonly place: { readonly unit: string; readonly year: string } | undefined;
  readonly reply: FastifyReply;
}

/** What makes its own id, like an approval, takes no key. */
interface ArrivalOptions {
  readonly keyless: true;
}

/** Refuses wrong headers before a body is looked at, so that a missing key is never hidden by the body. */
export const Arrival = createParamDecorator<ArrivalOptions | undefined>(
  (options, context: ExecutionContext): Arrived => {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const { headers, params } = request;
    const asking = principalOf(request);
    const { unit, year } = params as { unit?: string; year?: string };
    return {
      key: options?.keyless ? '' : idempotencyKeyOf(headers),
      people: peopleOf(headers, asking),
      asking,
      ifMatch: ifMatchOf(headers),
      place: unit !== undefined && year !== undefined ? { unit, year } : undefined,
      reply: http.getResponse<FastifyReply>(),
    };
  },
);
