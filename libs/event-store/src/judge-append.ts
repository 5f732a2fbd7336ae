import type { StreamHead } from './envelope.js';
import { WrongRevision, type Revision, type SealedEvent } from './event-store.js';

/**
 * Throws WrongRevision unless the events may follow the head of their stream: it is at the expected
 * revision, and each event is sealed on the one before it.
 */
export function judgeAppend(
  stream: string,
  head: StreamHead,
  expected: Revision,
  events: readonly SealedEvent[],
): void {
  if (events.length === 0) throw new TypeError('an append needs at least one event');
  let { leaf } = head;
  for (const event of events) {
    if (head.revision !== expected || event.streamPrev !== leaf)
      throw new WrongRevision(stream, expected, head.revision);
    leaf = event.leaf;
  }
}
