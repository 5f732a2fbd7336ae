import { Controller, Get, Header, Headers, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { LedgerRefusal } from '#domain';
import { GetEvents } from '../books/queries.js';
import { nextOf, RANGE, rangeOf } from '../books/books.controller.js';
import { DescribesQuestion } from '../http/describes.js';
import { positionOf, type Headers as Given } from '../http/headers.js';
import { numberOf, type QueryText } from '../http/question.js';
import { TakesQuery } from '../http/takes-query.js';
import { GetCheckpoint, GetConsistencyProof, GetInclusionProof } from './proof-queries.js';

/** The log of all books: as it is stored, and the proofs about it. */
@ApiTags('log')
@Controller('log')
export class LogController {
  constructor(private readonly bus: QueryBus) {}

  @Get('entries')
  @TakesQuery(...RANGE)
  @DescribesQuestion('envelopes and payloads, byte for byte as they are hashed')
  async entries(@Query() query: QueryText, @Headers() headers: Given) {
    const range = rangeOf(query);
    const asked = new GetEvents(undefined, range, positionOf(headers));
    const { events, logSize } = await this.bus.execute(asked);
    const entries = events.map(({ index, envelope, payload }) => ({ index, envelope, payload }));
    return { entries, logSize, ...nextOf(events, range.limit) };
  }

  @Get('checkpoint')
  @Header('content-type', 'text/plain; charset=utf-8')
  @TakesQuery('size')
  @DescribesQuestion('the newest signed checkpoint (C2SP tlog-checkpoint), or the one of a size')
  checkpoint(@Query() query: QueryText): Promise<string> {
    return this.bus.execute(new GetCheckpoint(numberOf(query, 'size')));
  }

  @Get('proofs/inclusion')
  @TakesQuery('index', 'size')
  @DescribesQuestion('the proof that an event lies in the log (RFC 9162), hashes in hex')
  inclusion(@Query() query: QueryText, @Headers() headers: Given) {
    const index = needed(query, 'index');
    return this.bus.execute(
      new GetInclusionProof(index, numberOf(query, 'size'), positionOf(headers)),
    );
  }

  @Get('proofs/consistency')
  @TakesQuery('from', 'to')
  @DescribesQuestion('the proof that the log of `to` events goes on from that of `from` (RFC 9162)')
  consistency(@Query() query: QueryText, @Headers() headers: Given) {
    const from = needed(query, 'from');
    return this.bus.execute(
      new GetConsistencyProof(from, numberOf(query, 'to'), positionOf(headers)),
    );
  }
}

function needed(query: QueryText, name: string): number {
  const number = numberOf(query, name);
  if (number === undefined) throw LedgerRefusal.of('invalid-query', `${name} is needed`);
  return number;
}
