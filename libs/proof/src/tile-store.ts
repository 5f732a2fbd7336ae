/**
 * Keeps a tree as tiles. Tile (level, index) holds the hashes 256·index … 256·index + 255 of tree level
 * 8·level (tree level 0 are the leaf hashes), 32 bytes each, one after the other. Only complete subtrees
 * have a hash, so a tile grows to the right and never changes otherwise; the last one of a level is short.
 */
export interface TileStore {
  /** The bytes of a tile, undefined where it was never written. The caller does not change them. */
  read(level: number, index: number): Uint8Array | undefined;
  /** Puts a tile in the place of what was there. The caller does not touch `bytes` afterwards. */
  write(level: number, index: number, bytes: Uint8Array): void;
}

/** Keeps tiles in memory. */
export class MemoryTileStore implements TileStore {
  readonly #tiles = new Map<string, Uint8Array>();

  read(level: number, index: number): Uint8Array | undefined {
    return this.#tiles.get(`${level}/${index}`);
  }

  write(level: number, index: number, bytes: Uint8Array): void {
    this.#tiles.set(`${level}/${index}`, bytes);
  }
}
