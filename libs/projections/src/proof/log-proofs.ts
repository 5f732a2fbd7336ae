import { LedgerRefusal, type Sentence } from '#domain';
import { leafHash, readSystemEvents, type Checkpoints, type EventStore } from '#event-store';
import {
  appendLeaves,
  LogHasher,
  MemoryTileStore,
  openCheckpoint,
  parseVerifierKey,
  signCheckpoint,
  TreeReader,
  type SignerKey,
  type TileStore,
  type VerifierKey,
} from '#proof';
import { PROOF } from '../sentences/keeping.js';

const PAGE = 1024;

const damaged = (sentence: Sentence) => LedgerRefusal.of('log-damaged', sentence);

/** The log as something that can be proved: roots, proofs and signed checkpoints (RFC 9162, C2SP). */
export class LogProofs {
  readonly #tree: TreeReader;

  constructor(
    private readonly store: EventStore,
    private readonly tiles: TileStore,
    /** How many events the tree has. */
    private readonly position: () => number,
    readonly checkpoints: Checkpoints,
    /** Waits for events that another node has signed and that are still on their way here. */
    private readonly arrivalOf: (size: number) => Promise<void>,
  ) {
    this.#tree = new TreeReader(tiles);
  }

  /** How many events can be proved: as far as the tree has come. */
  size(): number {
    return this.position();
  }

  /** The root over the first `size` events. Refuses `known-at-beyond-log`. */
  root(size: number): Uint8Array {
    this.#mustHave(size);
    return this.#tree.root(size);
  }

  /** From the leaf's sibling up. Refuses `known-at-beyond-log`. */
  inclusionProof(index: number, size: number): readonly Uint8Array[] {
    this.#mustHave(size);
    if (index >= size) throw LedgerRefusal.of('invalid-query', PROOF.noIndex({ size, index }));
    return this.#tree.inclusionProof(index, size);
  }

  consistencyProof(from: number, to: number): readonly Uint8Array[] {
    this.#mustHave(to);
    if (from > to) throw LedgerRefusal.of('invalid-query', PROOF.noGrowth({ to, from }));
    return this.#tree.consistencyProof(from, to);
  }

  #mustHave(size: number): void {
    if (size > this.position())
      throw LedgerRefusal.of(
        'known-at-beyond-log',
        PROOF.noProofYet({ size: this.position(), asked: size }),
      );
  }

  /** The newest signed checkpoint, or the one of a size. Refuses `no-checkpoint`. */
  async signed(size?: number): Promise<string> {
    const wanted = size ?? (await this.checkpoints.sizes()).at(-1);
    const note = wanted === undefined ? undefined : await this.checkpoints.read(wanted);
    if (note !== undefined) return note;
    throw LedgerRefusal.of(
      'no-checkpoint',
      wanted === undefined ? PROOF.noCheckpoint() : PROOF.noCheckpointOf({ size: wanted }),
    );
  }

  /** The first signed checkpoint of so many events or more. Refuses `no-checkpoint`. */
  async signedFrom(least: number): Promise<string> {
    const size = (await this.checkpoints.sizes()).find((s) => s >= least);
    if (size !== undefined) return this.signed(size);
    throw LedgerRefusal.of('no-checkpoint', PROOF.noCheckpointFrom({ least }));
  }

  /**
   * Signs the log as the tree has it. The stored bytes since the last checkpoint are read again and the tree
   * is computed again from them first; refuses `log-damaged` where that is not what the read model has or
   * does not go on from the last checkpoint. Answers the checkpoint of another process where that was faster; with
   * `unlessNewer` also one of another size that was signed meanwhile.
   */
  async checkpoint(signer: SignerKey, { unlessNewer = false } = {}): Promise<string> {
    const { size: known, note: newest } = await this.#lastConfirmed(signer);
    const size = this.position();
    // signed already, maybe by a key before this one: what was handed out stays what it is
    if (newest !== undefined && known === size && size > 0) return newest;
    const root = await this.#recomputed(known, size);
    if (Buffer.compare(root, this.#tree.root(size)) !== 0) throw damaged(PROOF.otherTree());
    return this.checkpoints.add(
      size,
      signCheckpoint({ origin: this.store.origin, size, root }, signer),
      unlessNewer ? known : undefined,
    );
  }

  /** The newest checkpoint, where its root stands: from its size on the log is read again. */
  async #lastConfirmed(signer: SignerKey): Promise<{ size: number; note?: string }> {
    const last = (await this.checkpoints.sizes()).at(-1);
    if (last === undefined) return { size: 0 };
    const note = await this.signed(last);
    const keys = [signer.verifier, ...(await this.rotatedKeys())];
    const opened = openCheckpoint(note, keys);
    if (!opened.ok) throw damaged(PROOF.badCheckpoint({ size: last, reason: opened.reason }));
    if (last > this.position()) await this.arrivalOf(last);
    if (last > this.position())
      throw damaged(PROOF.shorterThanCheckpoint({ size: last, has: this.position() }));
    if (Buffer.compare(opened.value.root, this.#tree.root(last)) !== 0)
      throw damaged(PROOF.otherThanCheckpoint({ size: last }));
    return { size: last, note };
  }

  /** The root of the first `size` events, those from `known` on taken from the log and not from the tree. */
  async #recomputed(known: number, size: number): Promise<Uint8Array> {
    if (known === 0) return this.#recomputedWhole(size);
    const fresh = new MemoryTileStore();
    const overlay: TileStore = {
      read: (level, index) => fresh.read(level, index) ?? this.tiles.read(level, index),
      write: (level, index, bytes) => fresh.write(level, index, bytes),
    };
    for await (const { at, leaves } of this.#leaves(known, size)) appendLeaves(overlay, at, leaves);
    return new TreeReader(overlay).root(size);
  }

  async #recomputedWhole(size: number): Promise<Uint8Array> {
    const hasher = new LogHasher();
    for await (const { leaves } of this.#leaves(0, size))
      for (const leaf of leaves) hasher.add(leaf);
    return hasher.root();
  }

  async *#leaves(
    from: number,
    to: number,
  ): AsyncGenerator<{ readonly at: number; readonly leaves: readonly Uint8Array[] }> {
    for (let at = from; at < to;) {
      const page = await this.store.readLog(at, Math.min(PAGE, to - at));
      if (page.length === 0) throw damaged(PROOF.logEnds({ index: at }));
      yield { at, leaves: page.map((e) => leafHash(e.envelope)) };
      at += page.length;
    }
  }

  /** Keys that took over by an event, and those that they took over from. */
  async rotatedKeys(): Promise<readonly VerifierKey[]> {
    const rotations = await readSystemEvents(this.store, 'LogKeyRotated');
    return rotations
      .flatMap(({ previousPublicKey, publicKey }) => [previousPublicKey, publicKey])
      .flatMap((text) => {
        const key = parseVerifierKey(text);
        return key.ok ? [key.value] : [];
      });
  }
}
