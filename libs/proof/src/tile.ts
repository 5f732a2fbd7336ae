import { HASH_BYTES, hashPairs } from './hashing.js';

/** Hashes of a full tile, as in C2SP tlog-tiles: eight levels of the tree. */
export const TILE_WIDTH = 256;

/** Thrown where a store lacks hashes that a tree of the asked size must have. */
export class TileDamaged extends Error {
  constructor(level: number, index: number, wanted: number, found: number) {
    super(`tile ${level}/${index} of the proof tree holds ${found} hashes, ${wanted} are needed`);
  }
}

/** The bytes of the first `count` hashes of a tile. Throws TileDamaged where there are fewer. */
export function prefixOfTile(
  tile: Uint8Array | undefined,
  level: number,
  index: number,
  count: number,
): Uint8Array {
  const found = Math.floor((tile?.length ?? 0) / HASH_BYTES);
  if (tile === undefined || found < count) throw new TileDamaged(level, index, count, found);
  return tile.subarray(0, count * HASH_BYTES);
}

/** The root over `count` (a power of two) hashes of a tile from the one at `first`. */
export function rootInTile(tile: Uint8Array, first: number, count: number): Buffer {
  const row = Buffer.from(tile.subarray(first * HASH_BYTES, (first + count) * HASH_BYTES));
  for (let nodes = count / 2; nodes >= 1; nodes /= 2) hashPairs(row, nodes);
  return Buffer.from(row.subarray(0, HASH_BYTES));
}
