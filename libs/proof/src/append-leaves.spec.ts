import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { appendLeaves, MemoryTileStore, TileDamaged, TreeReader, type TileStore } from './index.js';
import { leafHashes, mth } from './testing/naive-tree.js';

/** A store that counts, and shows what it holds. */
class SpyStore implements TileStore {
  readonly tiles = new Map<string, Uint8Array>();
  writes: string[] = [];
  reads: string[] = [];

  read(level: number, index: number) {
    this.reads.push(`${level}/${index}`);
    return this.tiles.get(`${level}/${index}`);
  }

  write(level: number, index: number, bytes: Uint8Array) {
    this.writes.push(`${level}/${index}`);
    this.tiles.set(`${level}/${index}`, bytes);
  }
}

const LEAVES = leafHashes(1_200);
const sizes = fc.integer({ min: 0, max: LEAVES.length });

function atOnce(size: number): SpyStore {
  const store = new SpyStore();
  appendLeaves(store, 0, LEAVES.slice(0, size));
  return store;
}

const hexOf = (store: SpyStore) =>
  new Map([...store.tiles].map(([key, tile]) => [key, Buffer.from(tile).toString('hex')]));

describe('appending leaves', () => {
  it('puts 256 hashes into a tile, and of the tiles that are full the roots into the level above', () => {
    const { tiles } = atOnce(600);
    expect([...tiles.keys()].sort()).toEqual(['0/0', '0/1', '0/2', '1/0']);
    expect(Buffer.from(tiles.get('0/1')!)).toEqual(Buffer.concat(LEAVES.slice(256, 512)));
    expect(Buffer.from(tiles.get('0/2')!)).toEqual(Buffer.concat(LEAVES.slice(512, 600)));
    const roots = [mth(LEAVES.slice(0, 256)), mth(LEAVES.slice(256, 512))];
    expect(Buffer.from(tiles.get('1/0')!)).toEqual(Buffer.concat(roots));
  });

  it('makes the same tiles however the leaves are parted, with nothing but size and store between', () => {
    fc.assert(
      fc.property(sizes, fc.array(sizes, { maxLength: 8 }), (total, cuts) => {
        const ends = [...cuts.filter((c) => c < total).sort((a, b) => a - b), total];
        const store = new SpyStore();
        let size = 0;
        for (const end of ends) size = appendLeaves(store, size, LEAVES.slice(size, end));
        expect(size).toBe(total);
        expect(hexOf(store)).toEqual(hexOf(atOnce(total)));
      }),
    );
  });

  it('goes on from an older size over what a flush left that was not finished', () => {
    fc.assert(
      fc.property(sizes, sizes, sizes, fc.nat(5), (a, ahead, total, lost) => {
        const size = Math.min(a, ahead, total);
        // what never became part of the log: other leaves, of which some tiles reached the store
        const store = atOnce(size);
        const aborted = new SpyStore();
        for (const [key, tile] of store.tiles) aborted.tiles.set(key, tile);
        appendLeaves(aborted, size, LEAVES.slice(0, ahead - size).reverse());
        for (const key of aborted.writes.slice(lost)) store.tiles.set(key, aborted.tiles.get(key)!);

        appendLeaves(store, size, LEAVES.slice(size, total));
        expect(new TreeReader(store).root(total)).toEqual(
          new TreeReader(atOnce(total)).root(total),
        );
      }),
    );
  });

  it('writes each tile that changed once and reads only the tiles that it goes on with', () => {
    const store = atOnce(900);
    store.writes = [];
    store.reads = [];
    appendLeaves(store, 900, leafHashes(1_000));
    expect(store.writes).toEqual(['0/3', '0/4', '0/5', '0/6', '0/7', '1/0']);
    expect(store.reads).toEqual(['0/3', '1/0']);
    store.writes = [];
    expect(appendLeaves(store, 1_900, [])).toBe(1_900);
    expect(store.writes).toEqual([]);
  });

  it('crosses the border of the tiles of the second level', () => {
    const leaves = leafHashes(70_000);
    const store = new SpyStore();
    let size = 0;
    while (size < leaves.length) size = appendLeaves(store, size, leaves.slice(size, size + 1_000));
    expect(store.tiles.get('1/0')!.length).toBe(256 * 32);
    expect(store.tiles.get('1/1')!.length).toBe((Math.floor(70_000 / 256) - 256) * 32);
    expect(Buffer.from(store.tiles.get('2/0')!)).toEqual(mth(leaves.slice(0, 65_536)));
    expect(new TreeReader(store).root(70_000)).toEqual(mth(leaves));
  });

  it('refuses what is no leaf, no size, or more than the store holds', () => {
    const store = new MemoryTileStore();
    expect(() => appendLeaves(store, 0, [new Uint8Array(31)])).toThrow(TypeError);
    for (const size of [-1, 0.5, NaN, Number.MAX_SAFE_INTEGER])
      expect(() => appendLeaves(store, size, LEAVES.slice(0, 1))).toThrow(RangeError);
    expect(() => appendLeaves(store, 1, LEAVES.slice(0, 1))).toThrow(TileDamaged);
    appendLeaves(store, 0, LEAVES.slice(0, 10));
    expect(() => appendLeaves(store, 11, LEAVES.slice(0, 1))).toThrow(TileDamaged);
  });
});
