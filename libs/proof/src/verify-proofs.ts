import { EMPTY_ROOT, isHash, nodeHash, sameHash } from './hashing.js';
import { half, isCount, isOdd, isPowerOfTwo } from './sizes.js';

/** That `leaf` is leaf `index` of the tree of `size` leaves whose root is `root`. Hashes are 32 bytes. */
export interface InclusionClaim {
  readonly leaf: Uint8Array;
  readonly index: number;
  readonly size: number;
  readonly proof: readonly Uint8Array[];
  readonly root: Uint8Array;
}

/** That the first `oldSize` leaves of the new tree are the old tree. Hashes are 32 bytes. */
export interface ConsistencyClaim {
  readonly oldSize: number;
  readonly oldRoot: Uint8Array;
  readonly newSize: number;
  readonly newRoot: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

// no tree of a size that we count is higher, and a proof has one hash more than that at most
const LONGEST_PROOF = 54;

function isProof(value: unknown): value is readonly Uint8Array[] {
  if (!Array.isArray(value) || value.length > LONGEST_PROOF) return false;
  for (const hash of value) if (!isHash(hash)) return false; // every() would pass over holes
  return true;
}

/**
 * Whether an inclusion proof holds, after RFC 9162 §2.1.3.2. False for whatever is not a proof; never
 * throws. Size and root must come from one checkpoint: a proof may fit a root and several sizes.
 */
export function verifyInclusion({ leaf, index, size, proof, root }: InclusionClaim): boolean {
  if (!isCount(index) || !isCount(size) || index >= size) return false;
  if (!isHash(leaf) || !isHash(root) || !isProof(proof)) return false;
  let [node, last] = [index, size - 1]; // on the level that we have come to
  let hash = leaf;
  for (const beside of proof) {
    if (last === 0) return false;
    hash = isRightChild(node, last) ? nodeHash(beside, hash) : nodeHash(hash, beside);
    [node, last] = climb(node, last);
  }
  return last === 0 && sameHash(hash, root);
}

/**
 * Whether a consistency proof holds, after RFC 9162 §2.1.4.2. The empty tree, which the RFC leaves out, is
 * continued by every tree, by an empty proof. False for whatever is not a proof; never throws.
 */
export function verifyConsistency(claim: ConsistencyClaim): boolean {
  const { oldSize, oldRoot, newSize, newRoot, proof } = claim;
  if (!isCount(oldSize) || !isCount(newSize) || oldSize > newSize) return false;
  if (!isHash(oldRoot) || !isHash(newRoot) || !isProof(proof)) return false;
  if (newSize === 0 && !sameHash(newRoot, EMPTY_ROOT)) return false;
  if (oldSize === 0) return proof.length === 0 && sameHash(oldRoot, EMPTY_ROOT);
  if (oldSize === newSize) return proof.length === 0 && sameHash(oldRoot, newRoot);

  const path = isPowerOfTwo(oldSize) ? [oldRoot, ...proof] : proof;
  const [start, ...rest] = path;
  if (start === undefined) return false;
  let [node, last] = [oldSize - 1, newSize - 1];
  while (isOdd(node)) [node, last] = [half(node), half(last)];
  let [hashOfOld, hashOfNew] = [start, start];
  for (const beside of rest) {
    if (last === 0) return false;
    if (isRightChild(node, last)) {
      hashOfOld = nodeHash(beside, hashOfOld);
      hashOfNew = nodeHash(beside, hashOfNew);
    } else hashOfNew = nodeHash(hashOfNew, beside);
    [node, last] = climb(node, last);
  }
  return last === 0 && sameHash(hashOfOld, oldRoot) && sameHash(hashOfNew, newRoot);
}

/** Whether the node is hashed with one to its left: a right child, or the last one, that has no right. */
const isRightChild = (node: number, last: number): boolean => isOdd(node) || node === last;

/** The level on which the node has its next sibling: a last node without one stands for its parents. */
function climb(node: number, last: number): [number, number] {
  if (node === last) while (!isOdd(node) && node > 0) [node, last] = [half(node), half(last)];
  return [half(node), half(last)];
}
