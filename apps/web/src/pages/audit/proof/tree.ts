import { sameBytes, sha256, utf8 } from './bytes.js';

/** The Merkle tree of the log, after RFC 9162 §2.1, SHA-256. */
export type Hash = Uint8Array;

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/** The leaf of an event: of its envelope, as it is stored. */
export const leafHash = (envelope: string): Promise<Hash> => sha256(LEAF, utf8(envelope));

const nodeHash = (left: Hash, right: Hash): Promise<Hash> => sha256(NODE, left, right);

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
  if (index >= size) return false;
  let [node, last, hash] = [index, size - 1, leaf];
  for (const beside of proof) {
    if (last === 0) return false;
    const isRight = node % 2 === 1 || node === last;
    hash = await (isRight ? nodeHash(beside, hash) : nodeHash(hash, beside));
    [node, last] = climb(node, last);
  }
  return last === 0 && sameBytes(hash, root);
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
