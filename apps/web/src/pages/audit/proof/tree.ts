import { fromHex, sameBytes, sha256, utf8 } from './bytes.js';

/** The Merkle tree of the log, after RFC 9162 §2.1, SHA-256. */
export type Hash = Uint8Array;

/** Stands where there is no record. */
export const NO_HASH: Hash = new Uint8Array(32);

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/** The leaf of an event: of its envelope, as it is stored. */
export const leafHash = (envelope: string): Promise<Hash> => sha256(LEAF, utf8(envelope));

export const nodeHash = (left: Hash, right: Hash): Promise<Hash> => sha256(NODE, left, right);

/**
 * The root over leaves. Splitting at the largest power of two, as the RFC does, is the same as hashing neighbours
 * row by row and letting a last one without a neighbour rise.
 */
export async function rootOf(leaves: readonly Hash[]): Promise<Hash> {
  if (leaves.length === 0) return sha256();
  let row = leaves;
  while (row.length > 1)
    row = await Promise.all(
      Array.from({ length: Math.ceil(row.length / 2) }, async (_, i) => {
        const [left, right] = [row[2 * i]!, row[2 * i + 1]];
        return right ? nodeHash(left, right) : left;
      }),
    );
  return row[0]!;
}

export interface InclusionClaim {
  readonly leaf: Hash;
  readonly index: number;
  readonly size: number;
  readonly proof: readonly Hash[];
  readonly root: Hash;
}

/** RFC 9162 §2.1.3.2. */
export async function holdsInclusion(claim: InclusionClaim): Promise<boolean> {
  const { leaf, index, size, proof, root } = claim;
  const sides = index < size ? sidesOf(index, size) : [];
  if (index >= size || sides.length !== proof.length) return false;
  let hash = leaf;
  for (const [i, { isLeft }] of sides.entries())
    hash = await (isLeft ? nodeHash(proof[i]!, hash) : nodeHash(hash, proof[i]!));
  return sameBytes(hash, root);
}

/** The leaves under a hash of an inclusion proof: from `from` up to `to`, left or right of the path. */
export interface Side {
  readonly from: number;
  readonly to: number;
  readonly isLeft: boolean;
}

/** What the hashes of the inclusion proof of an index are of, from the leaf's sibling up. */
export function sidesOf(index: number, size: number): readonly Side[] {
  const sides: Side[] = [];
  let [from, to] = [0, size];
  while (to - from > 1) {
    const middle = from + 2 ** Math.ceil(Math.log2(to - from) - 1);
    if (index < middle) {
      sides.unshift({ from: middle, to, isLeft: false });
      to = middle;
    } else {
      sides.unshift({ from, to: middle, isLeft: true });
      from = middle;
    }
  }
  return sides;
}

export interface ConsistencyClaim {
  readonly oldSize: number;
  readonly oldRoot: Hash;
  readonly newSize: number;
  readonly newRoot: Hash;
  readonly proof: readonly Hash[];
}

/** RFC 9162 §2.1.4.2; a log goes on from the empty one by an empty proof. */
export async function holdsConsistency(claim: ConsistencyClaim): Promise<boolean> {
  const { oldSize, oldRoot, newSize, newRoot, proof } = claim;
  if (oldSize > newSize) return false;
  if (oldSize === 0) return proof.length === 0 && sameBytes(oldRoot, await sha256());
  if (oldSize === newSize) return proof.length === 0 && sameBytes(oldRoot, newRoot);
  const isWhole = Number.isInteger(Math.log2(oldSize));
  const [start, ...rest] = isWhole ? [oldRoot, ...proof] : proof;
  if (!start) return false;
  let [node, last] = [oldSize - 1, newSize - 1];
  while (node % 2 === 1) [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  let [old, now] = [start, start];
  for (const beside of rest) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      old = await nodeHash(beside, old);
      now = await nodeHash(beside, now);
    } else now = await nodeHash(now, beside);
    [node, last] = climb(node, last);
  }
  return last === 0 && sameBytes(old, oldRoot) && sameBytes(now, newRoot);
}

/** The level on which the node has its next sibling. */
function climb(node: number, last: number): [number, number] {
  if (node === last)
    while (node % 2 === 0 && node > 0) [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  return [Math.floor(node / 2), Math.floor(last / 2)];
}

/** Hashes from hex; undefined where one is none. */
export function hashesOf(hexes: readonly string[]): readonly Hash[] | undefined {
  const hashes = hexes.map(fromHex);
  return hashes.every((hash) => hash?.length === 32) ? (hashes as Hash[]) : undefined;
}
