import { LedgerRefusal, type Sentence } from '#domain';
import {
  DuplicateCommand,
  leafHash,
  leafHex,
  parseEnvelope,
  SqliteEventStore,
  WrongRevision,
  type EventStore,
  type SealedEvent,
  type StoredEvent,
} from '#event-store';
import { LogHasher } from '#proof';
import type { Progress } from '../kernel/projector.js';
import { MIGRATION } from '../sentences/keeping.js';

const PAGE = 1000;

/** The port's limit on what one append of the cluster may have, with room for what the protocol adds. */
const MOST_BYTES = 512 * 1024;

const otherContent = (sentence: Sentence) => LedgerRefusal.of('migration-conflict', sentence);

/** Consecutive events of one stream, which one append can take. */
interface Run {
  readonly stream: string;
  readonly events: StoredEvent[];
  bytes: number;
}

/**
 * Appends to `target` what it lacks of `source`, in the same order, so that every event has the same index. Throws
 * LedgerRefusal `migration-conflict` where another writes to the target.
 */
export async function copyLog(
  source: EventStore,
  target: EventStore,
  onProgress: Progress,
): Promise<void> {
  for (let at = await target.size(); ;) {
    const page = await source.readLog(at, PAGE);
    if (page.length === 0) return;
    await appendInOrder(target, runsOf(page));
    at += page.length;
    onProgress(at, await source.size());
  }
}

function runsOf(page: readonly StoredEvent[]): readonly Run[] {
  const runs: Run[] = [];
  for (const event of page) {
    const bytes = Buffer.byteLength(event.envelope) + Buffer.byteLength(event.payload);
    const last = runs.at(-1);
    if (last?.stream === event.stream && last.bytes + bytes <= MOST_BYTES) {
      last.events.push(event);
      last.bytes += bytes;
    } else runs.push({ stream: event.stream, events: [event], bytes });
  }
  return runs;
}

async function appendInOrder(target: EventStore, runs: readonly Run[]): Promise<void> {
  const append = ({ stream, events }: Run) =>
    target.append(stream, events[0]!.revision - 1, events.map(sealedOf));
  try {
    // its queue keeps the order, and all of a page share a flush; elsewhere each must stand before the next
    if (target instanceof SqliteEventStore) await Promise.all(runs.map(append));
    else for (const run of runs) await append(run);
  } catch (error) {
    if (error instanceof WrongRevision || error instanceof DuplicateCommand)
      throw otherContent(MIGRATION.othersWrite({ fault: error.message }));
    throw error;
  }
}

/** A stored event as it was when it was sealed. */
function sealedOf({ type, date, commandId, envelope, payload }: StoredEvent): SealedEvent {
  const { id, commandHash, streamPrev } = parseEnvelope(envelope);
  const leaf = leafHex(envelope);
  return { id, type, date, commandId, commandHash, streamPrev, leaf, envelope, payload };
}

/**
 * Reads the first `size` events of both again and computes the roots from what was read; answers the root, hex.
 * Throws LedgerRefusal `migration-conflict` at the first event that is not the same.
 */
export async function compareLogs(
  source: EventStore,
  target: EventStore,
  size: number,
  onProgress: Progress,
): Promise<string> {
  const [ofSource, ofTarget] = [new LogHasher(), new LogHasher()];
  for (let at = 0; at < size;) {
    const limit = Math.min(PAGE, size - at);
    const [given, copied] = await Promise.all([
      source.readLog(at, limit),
      target.readLog(at, limit),
    ]);
    for (const [i, event] of given.entries()) {
      if (!isSame(event, copied[i])) throw otherContent(MIGRATION.otherEvent({ index: at + i }));
      ofSource.add(leafHash(event.envelope));
      ofTarget.add(leafHash(copied[i]!.envelope));
    }
    if (given.length < limit) throw otherContent(MIGRATION.sourceEnds({ index: at + limit }));
    at += given.length;
    onProgress(at, size);
  }
  const [root, copy] = [ofSource, ofTarget].map((h) => Buffer.from(h.root()).toString('hex'));
  if (root !== copy) throw otherContent(MIGRATION.otherRoot({ root: root!, copy: copy! }));
  return root!;
}

const FIELDS = [
  ...(['index', 'stream', 'revision', 'type', 'date', 'commandId'] as const),
  ...(['envelope', 'payload'] as const),
];

const isSame = (a: StoredEvent, b: StoredEvent | undefined): boolean =>
  b !== undefined && FIELDS.every((field) => a[field] === b[field]);
