import { sameBytes } from './bytes.js';
import type { Said } from './entry-check.js';
import type { Findings } from './findings.js';
import type { TreeAt } from './growing-tree.js';
import {
  nameOfKey,
  NoteFault,
  readCheckpoint,
  readKey,
  signerOf,
  type Checkpoint,
  type VerifierKey,
} from './note.js';

/** How a key took over that signed the checkpoint. */
export interface Rotation {
  readonly index: number;
  readonly from: string;
  readonly to: string;
  /** The checkpoint of the key before that covers the rotation has so many records. */
  readonly size: number;
}

interface Noted {
  readonly index: number;
  readonly previous: VerifierKey;
  readonly next: VerifierKey;
  /** Signed by the key before, of more records than up to the rotation. */
  readonly covering: Checkpoint | undefined;
}

/** The trees of a log that was read: how long it is, and those at sizes that were asked for. */
interface TreesAt {
  readonly size: number;
  readonly treeAt: (size: number) => TreeAt | undefined;
}

/** The first signed checkpoint of so many records or more, if there is one. */
export type CheckpointFrom = (least: number) => Promise<string | undefined>;

const MOST_CHECKPOINTS = 50;

/**
 * The keys that may sign. One that a record `LogKeyRotated` names is trusted once a checkpoint by the key before,
 * trusted itself, covers that record and its root is the one that was computed: whoever can only write to the
 * log cannot make a key of his own trusted.
 */
export class KeyChain {
  readonly #noted: Noted[] = [];

  constructor(
    private readonly given: readonly VerifierKey[],
    private readonly checkpointFrom: CheckpointFrom,
    private readonly origin: string,
  ) {}

  /** Takes a rotation; answers the size at which the tree will be asked for, where there is one. */
  async note(index: number, { type, stream }: Said, payload: string): Promise<number | undefined> {
    if (type !== 'LogKeyRotated' || stream !== 'log-keys') return undefined;
    const { previousPublicKey, publicKey } = JSON.parse(payload) as Record<string, unknown>;
    const [previous, next] = await Promise.all(
      [previousPublicKey, publicKey].map((text) => readKey(String(text))),
    );
    const covering = await this.#covering(index, previous!);
    this.#noted.push({ index, previous: previous!, next: next!, covering });
    return covering?.size;
  }

  async #covering(index: number, by: VerifierKey): Promise<Checkpoint | undefined> {
    for (let least = index + 1, tries = 0; tries < MOST_CHECKPOINTS; tries++) {
      const note = await this.checkpointFrom(least);
      if (note === undefined) return undefined;
      const checkpoint = readCheckpoint(note);
      if (checkpoint.size < least || checkpoint.origin !== this.origin) return undefined;
      if (await signerOf(checkpoint, [by]).catch(() => undefined)) return checkpoint;
      least = checkpoint.size + 1;
    }
    return undefined;
  }

  /**
   * Who signed a checkpoint, and the rotations that lead to that key. Throws NoteFault `unsigned`, `badSignature`.
   * A rotation away from a trusted key that nothing covers is a finding.
   */
  async signerOf(
    checkpoint: Checkpoint,
    { size, treeAt }: TreesAt,
    findings: Findings,
  ): Promise<{ readonly signer: VerifierKey; readonly rotations: readonly Rotation[] }> {
    const trusted = [...this.given];
    const rotations: Rotation[] = [];
    const isTrusted = (key: VerifierKey) => trusted.some(({ text }) => text === key.text);
    for (const { index, previous, next, covering } of this.#noted) {
      // what was signed while we read is of more than we read
      if (!isTrusted(previous) || (covering && covering.size > size)) continue;
      const tree = covering && treeAt(covering.size);
      if (!tree || !sameBytes(tree.root, covering.root)) findings.add({ fault: 'rotation', index });
      else if (!isTrusted(next)) {
        trusted.push(next);
        const [from, to] = [nameOfKey(previous), nameOfKey(next)];
        rotations.push({ index, from, to, size: covering.size });
      }
    }
    const signer = await signerOf(checkpoint, trusted);
    if (!signer) throw new NoteFault('unsigned');
    return { signer, rotations: pathTo(nameOfKey(signer), rotations) };
  }
}

/** The rotations that lead to a key, first to last. */
function pathTo(key: string, rotations: readonly Rotation[]): readonly Rotation[] {
  const last = rotations.find(({ to }) => to === key);
  return last ? [...pathTo(last.from, rotations), last] : [];
}
