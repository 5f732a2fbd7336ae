import { Controller, Get, Header, Headers, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { bookOfStream, coversUnit, LedgerRefusal } from '#domain';
import { leafHex, type StoredEvent } from '#event-store';
import { Policy } from '../access/policy.js';
import { Asking, type Principal } from '../access/principal.js';
import { GetLogPage } from '../books/queries.js';
import { nextOf, RANGE, rangeOf } from '../books/range.js';
import { ConsistencyDto, InclusionDto, LogEntriesDto } from '../dto/events.js';
import { DescribesQuestion } from '../http/describes.js';
import { positionOf, type Headers as Given } from '../http/headers.js';
import { numberOf, type QueryText } from '../http/question.js';
import { TakesQuery } from '../http/takes-query.js';
import { GetCheckpoint, GetConsistencyProof, GetInclusionProof } from './proof-queries.js';
import { QUESTION } from '../http/sentences.js';

/** The log of all books: as it is stored, and the proofs about it. */
@ApiTags('log')
@Controller('log')
@Policy('read-proofs')
export class LogController {
  constructor(private readonly bus: QueryBus) {}

  @Get('entries')
  @Policy('read-log')
  @TakesQuery(...RANGE)
  @DescribesQuestion({
    description: 'envelopes and payloads, byte for byte as they are hashed',
    type: LogEntriesDto,
  })
  async entries(
    @Query() query: QueryText,
    @Headers() headers: Given,
    @Asking() asking: Principal | undefined,
  ) {
    const range = rangeOf(query);
    const asked = new GetLogPage(range, positionOf(headers));
    const { events, logSize } = await this.bus.execute(asked);
    const entries = events.map((stored) => entryFor(asking, stored));
    return { entries, logSize, ...nextOf(events, range.limit) };
  }

  @Get('checkpoint')
  @Header('content-type', 'text/plain; charset=utf-8')
  @TakesQuery('size', 'from')
  @DescribesQuestion(
    'the newest signed checkpoint (C2SP tlog-checkpoint), the one of a size, or the first of `from` events or more',
  )
  checkpoint(@Query() query: QueryText): Promise<string> {
    const [size, from] = [numberOf(query, 'size'), numberOf(query, 'from')];
    if (size !== undefined && from !== undefined)
      throw LedgerRefusal.of('invalid-query', QUESTION.sizeOrFrom());
    return this.bus.execute(new GetCheckpoint(size, from));
  }

  @Get('proofs/inclusion')
  @TakesQuery('index', 'size')
  @DescribesQuestion({
    description: 'the proof that an event lies in the log (RFC 9162), hashes in hex',
    type: InclusionDto,
  })
  inclusion(@Query() query: QueryText, @Headers() headers: Given) {
    const index = needed(query, 'index');
    return this.bus.execute(
      new GetInclusionProof(index, numberOf(query, 'size'), positionOf(headers)),
    );
  }

  @Get('proofs/consistency')
  @TakesQuery('from', 'to')
  @DescribesQuestion({
    description: 'the proof that the log of `to` events goes on from that of `from` (RFC 9162)',
    type: ConsistencyDto,
  })
  consistency(@Query() query: QueryText, @Headers() headers: Given) {
    const from = needed(query, 'from');
    return this.bus.execute(
      new GetConsistencyProof(from, numberOf(query, 'to'), positionOf(headers)),
    );
  }
}

/** What every auditor may read of the log itself: the keys that sign. */
const FOR_ALL = 'log-keys';

/**
 * An entry as somebody may see it. Of other units there is only the hash, with which the root can be computed all
 * the same; the rest of the log itself is for those who audit every unit.
 */
function entryFor(
  asking: Principal | undefined,
  { index, stream, envelope, payload }: StoredEvent,
) {
  const unit = bookOfStream(stream)?.unit;
  const units = asking?.units(['auditor']) ?? '*';
  const isSeen = unit === undefined ? units === '*' || stream === FOR_ALL : coversUnit(units, unit);
  return isSeen ? { index, envelope, payload } : { index, leaf: leafHex(envelope) };
}

function needed(query: QueryText, name: string): number {
  const number = numberOf(query, name);
  if (number === undefined) throw LedgerRefusal.of('invalid-query', QUESTION.needed({ name }));
  return number;
}
