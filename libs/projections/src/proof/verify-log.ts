import { faultOfStored, leafHash, type EventStore, type StoredEvent } from '#event-store';
import { LogHasher, openCheckpoint, parseVerifierKey, type VerifierKey } from '#proof';
import { sizeOfCheckpoint } from './checkpoint-size.js';

/** Something about the log that does not hold, at an index where it is about one event. */
export interface LogFinding {
  readonly index?: number;
  readonly message: string;
}

export interface LogVerification {
  readonly events: number;
  /** Hex. */
  readonly root: string;
  readonly findings: readonly LogFinding[];
  /** Checkpoints whose signature and root were compared with the recomputed log. */
  readonly checkpoints: number;
}

/** A checkpoint to compare with, and what to call it in a finding. */
export interface GivenCheckpoint {
  readonly name: string;
  readonly note: string;
}

const PAGE = 1024;
const MOST_FINDINGS = 1000;

/**
 * Reads every stored byte of the log again, computes chain, leaves and roots, and compares with checkpoints.
 * Only against a checkpoint that was kept elsewhere does a log that was hashed anew, or cut, show. A key that
 * took over by an event is trusted from there on, where a checkpoint by a trusted key covers that event.
 */
export async function verifyLog(
  store: EventStore,
  checkpoints: readonly GivenCheckpoint[],
  keys: readonly VerifierKey[],
  onProgress: (done: number) => void = () => undefined,
): Promise<LogVerification> {
  const findings: LogFinding[] = [];
  const find = (finding: LogFinding) => {
    if (findings.length < MOST_FINDINGS) findings.push(finding);
  };
  // looks at the file while the log is read below
  const faults = store.faults();
  const chain = new ChainCheck(store.origin, find);
  const sizes = new Set(checkpoints.flatMap(({ note }) => sizeOfCheckpoint(note) ?? []));
  const hasher = new LogHasher();
  const roots = new Map<number, Uint8Array>();
  for (let at = 0; ;) {
    if (sizes.has(at)) roots.set(at, hasher.root());
    const page = await store.readLog(at, PAGE);
    if (page.length === 0) break;
    for (const stored of page) {
      const leaf = leafHash(stored.envelope);
      chain.take(stored, at++, leaf);
      hasher.add(leaf);
      if (sizes.has(at)) roots.set(at, hasher.root());
    }
    onProgress(at);
  }
  for (const message of await faults) find({ message: `the store: ${message}` });
  const compared = compare(checkpoints, roots, keys, chain.rotations, find, hasher.size);
  return {
    events: hasher.size,
    root: Buffer.from(hasher.root()).toString('hex'),
    findings,
    checkpoints: compared,
  };
}

interface Rotation {
  readonly index: number;
  readonly publicKey: string;
}

/** Index, revision and chain of every event, and what it says against its own envelope. */
class ChainCheck {
  readonly rotations: Rotation[] = [];
  readonly #heads = new Map<string, { revision: number; leaf: string }>();

  constructor(
    private readonly origin: string,
    private readonly find: (finding: LogFinding) => void,
  ) {}

  take(stored: StoredEvent, expected: number, leaf: Buffer): void {
    const { index, stream, revision } = stored;
    if (index !== expected)
      this.find({ index, message: `event ${index} is stored where ${expected} belongs` });
    const head = this.#heads.get(stream) ?? { revision: -1, leaf: '' };
    const fault = faultOfStored(stored, this.origin, head.leaf);
    if (fault !== undefined) this.find({ index, message: fault });
    if (revision !== head.revision + 1)
      this.find({
        index,
        message: `event ${index} has revision ${revision} of ${stream}, ${head.revision + 1} belongs there`,
      });
    this.#heads.set(stream, { revision, leaf: leaf.toString('hex') });
    if (stored.type === 'LogKeyRotated' && stream === 'log-keys') this.#rotated(stored);
  }

  #rotated({ index, payload }: StoredEvent): void {
    try {
      const { publicKey } = JSON.parse(payload) as { publicKey: string };
      this.rotations.push({ index, publicKey });
    } catch {
      this.find({ index, message: `the payload of event ${index} is not JSON` });
    }
  }
}

function compare(
  checkpoints: readonly GivenCheckpoint[],
  roots: ReadonlyMap<number, Uint8Array>,
  keys: readonly VerifierKey[],
  rotations: readonly Rotation[],
  find: (finding: LogFinding) => void,
  logSize: number,
): number {
  const trusted = [...keys];
  let compared = 0;
  // by size, for a smaller one may make the key of a larger one trusted
  const bySize = [...checkpoints].sort(
    (a, b) => (sizeOfCheckpoint(a.note) ?? 0) - (sizeOfCheckpoint(b.note) ?? 0),
  );
  for (const { name, note } of bySize) {
    const opened = openCheckpoint(note, trusted);
    if (!opened.ok) {
      find({ message: `${name}: ${opened.reason}` });
      continue;
    }
    const { size, root } = opened.value;
    const actual = roots.get(size);
    if (!actual) find({ message: `${name} is of ${size} events, the log has ${logSize}` });
    else if (Buffer.compare(actual, root) !== 0)
      find({ message: `${name}: the first ${size} events are not those that were signed` });
    else {
      compared++;
      for (const rotation of rotations.filter((r) => r.index < size)) {
        const key = parseVerifierKey(rotation.publicKey);
        if (key.ok) trusted.push(key.value);
      }
    }
  }
  return compared;
}
