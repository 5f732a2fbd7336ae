import { AppendTooLarge } from '../../event-store.js';
import { SERVER } from '../../sentences/server.js';
import type { Proposal } from './protocol.js';

/** What an append counts as at a server, in bytes: data, metadata, and the type in UTF-16. */
const appendBytes = (events: readonly Proposal[]): number =>
  events.reduce(
    (sum, { payload, envelope, type }) =>
      sum + Buffer.byteLength(payload) + Buffer.byteLength(envelope) + 2 * type.length,
    0,
  );

/** Throws AppendTooLarge where a server would refuse events together, before anything is sent. */
export function mustFit(stream: string, events: readonly Proposal[], mostBytes: number): void {
  const bytes = appendBytes(events);
  if (bytes > mostBytes) throw tooLarge(stream, events, mostBytes);
}

/** The refusal, with what the server takes and what to do. */
export function tooLarge(
  stream: string,
  events: readonly Proposal[],
  mostBytes: number,
): AppendTooLarge {
  const values = { bytes: appendBytes(events), stream, most: mostBytes };
  const count = events.length;
  return new AppendTooLarge(
    count === 1 ? SERVER.eventTooLarge(values) : SERVER.eventsTooLarge({ ...values, count }),
  );
}
