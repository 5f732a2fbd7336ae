import { leafHash, type EventStore, type StoredEvent } from '#event-store';
import { signStreamHead, type SignerKey } from '#proof';
import type { LogProofs } from './log-proofs.js';

/** One event with its proof that it lies in the log: hashes in hex, from the leaf's sibling up. */
export interface ProvedEvent {
  readonly index: number;
  readonly envelope: string;
  readonly payload: string;
  readonly proof: readonly string[];
}

/** A whole stream from revision 0, and the signed statement that it ends where it ends. */
export interface ProvedStream {
  readonly head: string;
  readonly events: readonly ProvedEvent[];
}

const PAGE = 1000;

/**
 * Proves that streams are whole as of a checkpoint of `size` events: every event lies in the tree, the chain
 * has no gap, and the log's own key says which event is the last. Streams without events are left out.
 */
export async function proveStreams(
  store: EventStore,
  log: LogProofs,
  streams: readonly string[],
  size: number,
  signer: SignerKey,
): Promise<readonly ProvedStream[]> {
  const proved: ProvedStream[] = [];
  for (const stream of streams) {
    const events = await eventsOf(store, stream, size);
    const last = events.at(-1);
    if (!last) continue;
    const { origin } = store;
    const { revision } = last;
    const leaf = leafHash(last.envelope);
    const head = { origin, stream, revision, leaf, size, root: log.root(size) };
    proved.push({
      head: signStreamHead(head, signer),
      events: events.map(({ index, envelope, payload }) => ({
        index,
        envelope,
        payload,
        proof: log.inclusionProof(index, size).map((hash) => Buffer.from(hash).toString('hex')),
      })),
    });
  }
  return proved;
}

async function eventsOf(store: EventStore, stream: string, size: number): Promise<StoredEvent[]> {
  const events: StoredEvent[] = [];
  for (;;) {
    const page = await store.readStream(stream, events.length, PAGE);
    events.push(...page.filter((e) => e.index < size));
    if (page.length < PAGE || page.at(-1)!.index >= size) return events;
  }
}
