import { nodeHash, rootOf, type Hash } from './tree.js';

/** So many leaves are kept as one hash: enough to find a record again, and little for a log of any length. */
export const TILE = 256;
const TILE_LEVEL = Math.log2(TILE);

/** The state of a tree at a size: its root, and the roots of its tiles, the last one maybe of fewer leaves. */
export interface TreeAt {
  readonly size: number;
  readonly root: Hash;
  readonly tiles: readonly Hash[];
}

/** The Merkle tree over leaves that come in batches; it keeps one hash a tile and one a level. */
export class GrowingTree {
  readonly #tiles: Hash[] = [];
  /** By level a subtree that has no right neighbour yet. */
  readonly #lone: (Hash | undefined)[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** All hashes of a level are asked for at once: one by one the browser's cryptography would mostly wait. */
  async add(leaves: readonly Hash[]): Promise<void> {
    let row = leaves;
    for (let level = 0; row.length > 0; level++) {
      if (level === TILE_LEVEL) this.#tiles.push(...row);
      const before = this.#lone[level];
      const all = before ? [before, ...row] : row;
      this.#lone[level] = all.length % 2 === 1 ? all.at(-1) : undefined;
      row = await Promise.all(
        Array.from({ length: Math.floor(all.length / 2) }, (_, i) =>
          nodeHash(all[2 * i]!, all[2 * i + 1]!),
        ),
      );
    }
    this.#size += leaves.length;
  }

  async now(): Promise<TreeAt> {
    const partial = await this.#fold(this.#lone.slice(0, TILE_LEVEL));
    const root = (await this.#fold(this.#lone)) ?? (await rootOf([]));
    return { size: this.#size, root, tiles: [...this.#tiles, ...(partial ? [partial] : [])] };
  }

  /** What is lone on lower levels lies to the right. */
  async #fold(lone: readonly (Hash | undefined)[]): Promise<Hash | undefined> {
    let folded: Hash | undefined;
    for (const left of lone)
      if (left) folded = folded === undefined ? left : await nodeHash(left, folded);
    return folded;
  }
}
