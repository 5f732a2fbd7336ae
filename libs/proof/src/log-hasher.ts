import { EMPTY_ROOT, HASH_BYTES, isHash, nodeHash } from './hashing.js';
import { half, isOdd } from './sizes.js';

/**
 * The root over leaf hashes that come one after the other, in memory for the logarithm of their number:
 * what a verifier needs that hashes a whole log again.
 */
export class LogHasher {
  /** At place k the root of the complete subtree of 2^k leaves, where bit k of the size is set. */
  readonly #subtrees: Uint8Array[] = [];
  readonly #single = Buffer.alloc(HASH_BYTES);
  #size = 0;

  /** The number of leaves so far. */
  get size(): number {
    return this.#size;
  }

  /** Takes the next leaf hash; throws TypeError where it is not 32 bytes. */
  add(leafHash: Uint8Array): void {
    if (!isHash(leafHash)) throw new TypeError('a leaf hash is 32 bytes');
    let root = leafHash;
    let height = 0;
    for (let n = this.#size; isOdd(n); n = half(n))
      root = nodeHash(this.#subtrees[height++]!, root);
    if (height === 0) this.#single.set(root); // callers may use their buffer again
    this.#subtrees[height] = height === 0 ? this.#single : root;
    this.#size += 1;
  }

  /** The root of the leaves so far (RFC 9162 §2.1.1); more may be added after. */
  root(): Uint8Array {
    let root: Uint8Array | undefined;
    for (let n = this.#size, height = 0; n > 0; n = half(n), height++) {
      const left = this.#subtrees[height]!;
      if (isOdd(n)) root = root === undefined ? left : nodeHash(left, root);
    }
    return root === undefined ? EMPTY_ROOT : Buffer.from(root);
  }
}
