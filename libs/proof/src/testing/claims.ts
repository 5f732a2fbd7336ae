import type { ConsistencyClaim, InclusionClaim } from '../verify-proofs.js';
import { leafHashes, mth, path, proof } from './naive-tree.js';

export const MOST = 600;
export const LEAVES = leafHashes(MOST);
export const rootOf = (size: number) => mth(LEAVES.slice(0, size));

export const inclusion = (index: number, n: number): InclusionClaim => ({
  leaf: LEAVES[index]!,
  index,
  size: n,
  proof: path(index, LEAVES.slice(0, n)),
  root: rootOf(n),
});

export const consistency = (oldSize: number, newSize: number): ConsistencyClaim => ({
  oldSize,
  oldRoot: rootOf(oldSize),
  newSize,
  newRoot: rootOf(newSize),
  proof: oldSize === 0 ? [] : proof(oldSize, LEAVES.slice(0, newSize)),
});
