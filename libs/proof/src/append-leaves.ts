import { HASH_BYTES, isHash } from './hashing.js';
import { isCount } from './sizes.js';
import type { TileStore } from './tile-store.js';
import { prefixOfTile, rootInTile, TILE_WIDTH } from './tile.js';

/**
 * Appends leaf hashes to a tree of `size` leaves and gives the new size. Each tile that changes is written
 * once: 1 000 leaves are five or six writes, and one read for each level at most. Nothing is remembered
 * between calls, so size and store are all that a restart needs; tiles beyond `size`, left by a flush that
 * did not come to its end, are written over. The size is the caller's to keep, best in the transaction that
 * holds the writes.
 *
 * Throws RangeError for a size that is not one, TypeError for a leaf that is not 32 bytes and TileDamaged
 * where the store holds less than `size` says.
 */
export function appendLeaves(
  store: TileStore,
  size: number,
  leaves: readonly Uint8Array[],
): number {
  const newSize = size + leaves.length;
  if (!isCount(size) || !isCount(newSize))
    throw new RangeError(`a tree cannot grow from ${size} to ${newSize} leaves`);
  if (!leaves.every(isHash)) throw new TypeError('a leaf hash is 32 bytes');

  let there = size; // hashes that the level has already
  let added: readonly Uint8Array[] = leaves;
  for (let level = 0; added.length > 0; level++) {
    added = appendToLevel(store, level, there, added);
    there = Math.floor(there / TILE_WIDTH);
  }
  return newSize;
}

/** Appends hashes to one level of tiles and gives the roots of the tiles that became full. */
function appendToLevel(
  store: TileStore,
  level: number,
  there: number,
  added: readonly Uint8Array[],
): Uint8Array[] {
  const rootsOfFull: Uint8Array[] = [];
  for (let done = 0; done < added.length;) {
    const index = Math.floor((there + done) / TILE_WIDTH);
    const kept = (there + done) % TILE_WIDTH;
    const fresh = added.slice(done, done + TILE_WIDTH - kept);
    const tile = new Uint8Array((kept + fresh.length) * HASH_BYTES);
    if (kept > 0) tile.set(prefixOfTile(store.read(level, index), level, index, kept));
    fresh.forEach((hash, i) => tile.set(hash, (kept + i) * HASH_BYTES));
    store.write(level, index, tile);
    if (kept + fresh.length === TILE_WIDTH) rootsOfFull.push(rootInTile(tile, 0, TILE_WIDTH));
    done += fresh.length;
  }
  return rootsOfFull;
}
