import type { FastifyReply } from 'fastify';
import type { BookId } from '#domain';
import { canonicalJson, type Recorded } from '#event-store';

/**
 * The answer to a posting: the event, and in headers where it stands. It is canonical JSON, because the same
 * key gives the same bytes, whether the event has just been decided or comes out of the log.
 */
export function answerPosting(
  reply: FastifyReply,
  { unit, fiscalYear }: BookId,
  recorded: Recorded,
): string {
  const { index, revision, id, date, recordedAt, actor, approvedBy, commandId, event, data } =
    recorded;
  const position = index + 1;
  void reply
    .header('content-type', 'application/json; charset=utf-8')
    .header('ETag', `"${revision}"`)
    .header('Ledger-Position', String(position))
    .header(
      'Location',
      `/api/v1/books/${encodeURIComponent(unit)}/${fiscalYear}/events?from=${index}&to=${index}`,
    );
  return canonicalJson({
    index,
    revision,
    position,
    id,
    type: event.type,
    date,
    recordedAt,
    actor,
    ...(approvedBy !== undefined && { approvedBy }),
    commandId,
    data,
  });
}
