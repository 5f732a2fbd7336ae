import { bookOfStream, movementsOf, formatFen, type BookEvent } from '#domain';
import { decodeEvent, parseEnvelope, type StoredEvent } from '#event-store';

/** One line for people: index, date, who, what, document and amounts by line. */
export function eventLine(stored: StoredEvent): string {
  const { actor, approvedBy } = parseEnvelope(stored.envelope);
  const people = approvedBy === null ? actor : `${actor}, ${approvedBy}`;
  const place = [String(stored.index).padStart(6), stored.date, stored.type];
  // an event of the log itself and of no book
  if (!bookOfStream(stored.stream)) return [...place, people, stored.payload].join('  ');
  const { event } = decodeEvent(stored);
  const amounts = movementsOf(event).map(
    (m) => `${m.project}/${m.origin} ${m.kind} ${formatFen(m.amountFen)}`,
  );
  return [
    ...place,
    paperOf(event),
    amounts.length > 4 ? `${amounts.length} movements` : amounts.join(', '),
    people,
    stored.commandId,
  ]
    .filter(Boolean)
    .join('  ');
}

function paperOf({ data }: BookEvent): string {
  if ('proposal' in data)
    return 'posting' in data ? `${data.proposal} ${data.posting.command}` : data.proposal;
  const { document, voucher } = data as { document?: { number: string }; voucher?: string };
  return document?.number ?? voucher ?? '';
}
