import { EMPTY_ROOT, nodeHash } from './hashing.js';
import { isCount, isPowerOfTwo, splitOf } from './sizes.js';
import type { TileStore } from './tile-store.js';
import { prefixOfTile, rootInTile, TILE_WIDTH } from './tile.js';

/**
 * Answers from the tiles of a tree, for any size up to the one that was appended: a larger tree's tiles begin
 * with those of a smaller one. An answer reads O(log size) tiles, each once, and keeps nothing. All methods
 * throw RangeError for sizes that cannot be and TileDamaged where the store does not hold that many leaves.
 * What the store holds is taken as it is: verify a proof against a signed root before handing it out.
 */
export class TreeReader {
  readonly #store: TileStore;

  constructor(store: TileStore) {
    this.#store = store;
  }

  /** The root of the first `size` leaves: MTH of RFC 9162 §2.1.1. */
  root(size: number): Uint8Array {
    if (!isCount(size)) throw new RangeError('a tree has 0 to 2^53 − 1 leaves');
    return size === 0 ? EMPTY_ROOT : new Reading(this.#store).root(0, size);
  }

  /** PATH(index, D[size]) of RFC 9162 §2.1.3.1: from the leaf's sibling up to the root's child. */
  inclusionProof(index: number, size: number): Uint8Array[] {
    if (!isCount(size) || !isCount(index) || index >= size)
      throw new RangeError(`a tree of ${size} leaves has no leaf ${index}`);
    const reading = new Reading(this.#store);
    const proof: Uint8Array[] = [];
    let [from, to] = [0, size];
    while (to - from > 1) [from, to] = reading.stepTowards(index, from, to, proof);
    return proof.reverse();
  }

  /** PROOF(oldSize, D[newSize]) of RFC 9162 §2.1.4.1; empty where the sizes are equal or the old one is 0. */
  consistencyProof(oldSize: number, newSize: number): Uint8Array[] {
    if (!isCount(newSize) || !isCount(oldSize) || oldSize > newSize)
      throw new RangeError(`a tree of ${newSize} leaves does not continue one of ${oldSize}`);
    if (oldSize === 0) return [];
    const reading = new Reading(this.#store);
    const proof: Uint8Array[] = [];
    let [from, to] = [0, newSize];
    while (to !== oldSize) [from, to] = reading.stepTowards(oldSize - 1, from, to, proof);
    // the last subtree of the old tree; where it is the whole of it the verifier has the old root
    if (from > 0) proof.push(reading.root(from, to));
    return proof.reverse();
  }
}

/** One answer's look at the store. Ranges are those that RFC 9162 §2.1.1 comes to by splitting. */
class Reading {
  readonly #store: TileStore;
  readonly #tiles = new Map<string, Uint8Array | undefined>();

  constructor(store: TileStore) {
    this.#store = store;
  }

  /** The half of the leaves from … to − 1 that has leaf `index`; the other half's root goes to `beside`. */
  stepTowards(index: number, from: number, to: number, beside: Uint8Array[]): [number, number] {
    const middle = from + splitOf(to - from);
    if (index < middle) {
      beside.push(this.root(middle, to));
      return [from, middle];
    }
    beside.push(this.root(from, middle));
    return [middle, to];
  }

  /** The root of the leaves from … to − 1. */
  root(from: number, to: number): Uint8Array {
    if (isPowerOfTwo(to - from)) return this.#completeRoot(from, to - from);
    const middle = from + splitOf(to - from);
    return nodeHash(this.#completeRoot(from, middle - from), this.root(middle, to));
  }

  #completeRoot(from: number, leaves: number): Uint8Array {
    let level = 0;
    let [first, count] = [from, leaves];
    // a full tile is one hash of the level above
    for (; count >= TILE_WIDTH; level++) [first, count] = [first / TILE_WIDTH, count / TILE_WIDTH];
    const index = Math.floor(first / TILE_WIDTH);
    const begin = first % TILE_WIDTH;
    const tile = prefixOfTile(this.#read(level, index), level, index, begin + count);
    return rootInTile(tile, begin, count);
  }

  #read(level: number, index: number): Uint8Array | undefined {
    const key = `${level}/${index}`;
    if (!this.#tiles.has(key)) this.#tiles.set(key, this.#store.read(level, index));
    return this.#tiles.get(key);
  }
}
