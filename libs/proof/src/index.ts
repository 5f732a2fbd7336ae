export { EMPTY_ROOT, leafHash } from './hashing.js';
export { MemoryTileStore, type TileStore } from './tile-store.js';
export { TileDamaged } from './tile.js';
export { appendLeaves } from './append-leaves.js';
export { TreeReader } from './tree-reader.js';
export { LogHasher } from './log-hasher.js';
export {
  verifyConsistency,
  verifyInclusion,
  type ConsistencyClaim,
  type InclusionClaim,
} from './verify-proofs.js';
export type { Opened } from './opened.js';
export {
  createKey,
  parseSignerKey,
  parseVerifierKey,
  signerNamed,
  type SignerKey,
  type VerifierKey,
} from './keys.js';
export {
  openCheckpoint,
  signCheckpoint,
  type Checkpoint,
  type OpenedCheckpoint,
} from './checkpoint.js';
export { openStreamHead, signStreamHead, type StreamHead } from './stream-head.js';
export { isOrigin } from './names.js';
