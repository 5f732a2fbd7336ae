import { Controller, Get, Headers, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Gate } from '../access/gate.js';
import { Policy } from '../access/policy.js';
import { seesUnit } from '../access/principal.js';
import { DescribesQuestion } from '../http/describes.js';
import { indexOf, type Headers as Given } from '../http/headers.js';
import { TakesQuery } from '../http/takes-query.js';
import { EventFeed, type Scope } from './event-feed.js';
import { Listener } from './listener.js';

/** What is appended, as it happens. */
@ApiTags('log')
@Controller('stream')
export class StreamController {
  constructor(
    private readonly feed: EventFeed,
    private readonly gate: Gate,
  ) {}

  @Get()
  @Policy('follow-books')
  @TakesQuery()
  @ApiOperation({ summary: 'events as they are appended (server-sent events)' })
  @ApiProduces('text/event-stream')
  @ApiHeader({ name: 'Last-Event-ID', required: false, description: 'the last index heard of' })
  @DescribesQuestion('`appended`: {index, unit, fiscalYear, type, logSize}; `ready`: {logSize}')
  stream(
    @Headers() headers: Given,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): void {
    const heard = indexOf(headers, 'Last-Event-ID');
    this.feed.mustHaveRoom();
    reply.hijack();
    reply.raw.writeHead(200, {
      ...(reply.getHeaders() as Record<string, string>),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      // once it is ended nothing else comes on it: a server that stops need not wait for it
      connection: 'close',
      // a proxy that gathers answers would hold these back
      'x-accel-buffering': 'no',
    });
    if (request.method === 'HEAD') reply.raw.end();
    else
      this.feed.serve(new Listener(reply.raw), {
        from: heard === undefined ? undefined : heard + 1,
        scope: () => this.#scopeOf(request),
      });
  }

  /** Asked anew for every page: a session may end, and duties may change, while somebody listens. */
  async #scopeOf(request: FastifyRequest): Promise<Scope | undefined> {
    const principal = await this.gate.recheck(request);
    if (principal === undefined) return undefined;
    return ({ unit }) => principal === 'open' || seesUnit(principal, unit);
  }
}
