import { describe, expect, it } from '@jest/globals';
import { LogHasher } from './index.js';
import { leafHashes, mth } from './testing/naive-tree.js';

describe('the root of a log as it is read', () => {
  it('is not disturbed by what callers do with their buffers', () => {
    const leaves = leafHashes(9);
    const log = new LogHasher();
    const buffer = Buffer.alloc(32);
    leaves.forEach((leaf, i) => {
      buffer.set(leaf);
      log.add(buffer);
      buffer.fill(0);
      const root = log.root();
      expect(Buffer.from(root)).toEqual(mth(leaves.slice(0, i + 1)));
      root.fill(0);
    });
    expect(Buffer.from(log.root())).toEqual(mth(leaves));
  });
  it('takes leaf hashes only', () => {
    const log = new LogHasher();
    expect(() => log.add(new Uint8Array(33))).toThrow(TypeError);
    expect(log.size).toBe(0);
  });
});
