import type { FastifyReply } from 'fastify';
import type { BookId } from '#domain';
import type { Recorded } from '#event-store';

/** The answer to a posting: the event, and in headers where it stands. The same key gives the same answer. */
export function answerPosting(
  reply: FastifyReply,
  { unit, fiscalYear }: BookId,
  recorded: Recorded,
) {
  const { index, revision, id, date, recordedAt, actor, approvedBy, commandId, event } = recorded;
  const position = index + 1;
  void reply
    .status(201)
    .header('ETag', `"${revision}"`)
    .header('Ledger-Position', String(position))
    .header(
      'Location',
      `/api/v1/books/${encodeURIComponent(unit)}/${fiscalYear}/events?from=${index}&to=${index}`,
    );
  return {
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
    data: event.data,
  };
}
