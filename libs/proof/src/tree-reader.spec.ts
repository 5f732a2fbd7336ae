import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { appendLeaves, LogHasher, MemoryTileStore, TileDamaged, TreeReader } from './index.js';
import { leafHashes, mth, path, proof } from './testing/naive-tree.js';

const LEAVES = leafHashes(600);
const store = new MemoryTileStore();
appendLeaves(store, 0, LEAVES);
const tree = new TreeReader(store);

/** 0 ≤ first < second ≤ 600 */
const indexAndSize = fc
  .integer({ min: 1, max: 600 })
  .chain((size) => fc.tuple(fc.nat(size - 1), fc.constant(size)));

describe('a tree read from tiles', () => {
  it('has the root of the definition at every size up to its own', () => {
    const log = new LogHasher();
    for (let size = 0; size <= 600; size++) {
      const root = mth(LEAVES.slice(0, size));
      expect(Buffer.from(tree.root(size))).toEqual(root);
      expect(Buffer.from(log.root())).toEqual(root);
      expect(log.size).toBe(size);
      if (size < 600) log.add(LEAVES[size]!);
    }
  });

  it('gives the inclusion proof of the definition', () => {
    fc.assert(
      fc.property(indexAndSize, ([index, size]) => {
        expect(tree.inclusionProof(index, size)).toEqual(path(index, LEAVES.slice(0, size)));
      }),
    );
  });

  it('gives the consistency proof of the definition', () => {
    fc.assert(
      fc.property(indexAndSize, ([before, newSize]) => {
        const wanted = proof(before + 1, LEAVES.slice(0, newSize));
        expect(tree.consistencyProof(before + 1, newSize)).toEqual(wanted);
      }),
    );
    expect(tree.consistencyProof(0, 600)).toEqual([]);
    expect(tree.consistencyProof(0, 0)).toEqual([]);
  });

  it('refuses sizes that cannot be', () => {
    for (const size of [-1, 0.5, NaN, 2 ** 53]) {
      expect(() => tree.root(size)).toThrow(RangeError);
      expect(() => tree.inclusionProof(0, size)).toThrow(RangeError);
      expect(() => tree.inclusionProof(size, 600)).toThrow(RangeError);
      expect(() => tree.consistencyProof(1, size)).toThrow(RangeError);
      expect(() => tree.consistencyProof(size, 600)).toThrow(RangeError);
    }
    expect(() => tree.inclusionProof(5, 5)).toThrow(RangeError);
    expect(() => tree.consistencyProof(6, 5)).toThrow(RangeError);
  });

  it('says which tile lacks hashes, and never answers from a short one', () => {
    expect(() => tree.root(601)).toThrow(TileDamaged);
    expect(() => tree.root(601)).toThrow(
      'tile 0/2 of the proof tree holds 88 hashes, 89 are needed',
    );
    expect(() => tree.inclusionProof(0, 2_000)).toThrow(TileDamaged);
    expect(() => tree.consistencyProof(600, 601)).toThrow(TileDamaged);
    expect(() => new TreeReader(new MemoryTileStore()).root(2 ** 53 - 1)).toThrow(TileDamaged);
  });

  it('hands out hashes that do not share memory with the store', () => {
    const [sibling] = tree.inclusionProof(0, 2);
    sibling!.fill(0);
    expect(tree.inclusionProof(0, 2)).toEqual([LEAVES[1]]);
    tree.root(1).fill(0);
    expect(Buffer.from(tree.root(1))).toEqual(LEAVES[0]);
  });
});

describe('a tree of three levels of tiles', () => {
  const leaves = leafHashes(70_000);
  const reads: string[] = [];
  const large = new MemoryTileStore();
  const counted = new TreeReader({
    read: (level, index) => (reads.push(`${level}/${index}`), large.read(level, index)),
    write: () => {},
  });
  beforeAll(() => {
    appendLeaves(large, 0, leaves);
  });

  it('gives the proofs of the definition on both sides of the border', () => {
    for (const [index, size] of [
      [0, 70_000],
      [65_535, 65_536],
      [65_535, 65_537],
      [65_536, 65_537],
      [69_999, 70_000],
    ] as const)
      expect(counted.inclusionProof(index, size)).toEqual(path(index, leaves.slice(0, size)));
    for (const [oldSize, newSize] of [
      [1, 70_000],
      [65_536, 70_000],
      [65_537, 70_000],
      [65_535, 65_536],
      [66_000, 69_888],
    ] as const)
      expect(counted.consistencyProof(oldSize, newSize)).toEqual(
        proof(oldSize, leaves.slice(0, newSize)),
      );
  });

  it('reads few tiles for a proof, none of them twice', () => {
    reads.length = 0;
    counted.inclusionProof(12_345, 70_000);
    expect(reads.length).toBeLessThanOrEqual(6);
    expect(new Set(reads).size).toBe(reads.length);
    reads.length = 0;
    counted.root(65_536);
    expect(reads).toEqual(['2/0']);
  });
});
