import { describe, expect, it } from '@jest/globals';
import {
  appendLeaves,
  EMPTY_ROOT,
  leafHash,
  LogHasher,
  MemoryTileStore,
  TreeReader,
  verifyConsistency,
  verifyInclusion,
} from './index.js';
import { nodeHash } from './hashing.js';

const bytes = (hex: string) => Buffer.from(hex, 'hex');
const hexes = (hashes: readonly Uint8Array[]) => hashes.map((h) => Buffer.from(h).toString('hex'));

// the test tree of Certificate Transparency, as in transparency-dev/merkle and certificate-transparency-go
const LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map((hex) => leafHash(bytes(hex)));

const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

/** [index, size, proof] */
const INCLUSION: [number, number, string[]][] = [
  [0, 1, []],
  [
    0,
    8,
    [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  ],
  [
    5,
    8,
    [
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  ],
  [2, 3, ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125']],
  [
    1,
    5,
    [
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  ],
];

/** [old size, new size, proof] */
const CONSISTENCY: [number, number, string[]][] = [
  [1, 1, []],
  [
    1,
    8,
    [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  ],
  [
    6,
    8,
    [
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  ],
  [
    2,
    5,
    [
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  ],
  [
    6,
    7,
    [
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  ],
];

describe('the published test tree of Certificate Transparency', () => {
  const store = new MemoryTileStore();
  appendLeaves(store, 0, LEAVES);
  const tree = new TreeReader(store);

  it('has the published roots', () => {
    expect(hexes([EMPTY_ROOT])).toEqual([ROOTS[0]]);
    expect(hexes(ROOTS.map((_, size) => tree.root(size)))).toEqual(ROOTS);
    const log = new LogHasher();
    const streamed = [log.root(), ...LEAVES.map((leaf) => (log.add(leaf), log.root()))];
    expect(hexes(streamed)).toEqual(ROOTS);
  });
  it.each(INCLUSION)('includes leaf %i in %i leaves by the published proof', (index, size, hex) => {
    expect(hexes(tree.inclusionProof(index, size))).toEqual(hex);
    const [leaf, root] = [LEAVES[index]!, bytes(ROOTS[size]!)];
    expect(verifyInclusion({ leaf, index, size, proof: hex.map(bytes), root })).toBe(true);
  });
  it.each(CONSISTENCY)('continues %i leaves with %i by the published proof', (from, to, hex) => {
    expect(hexes(tree.consistencyProof(from, to))).toEqual(hex);
    const [oldRoot, newRoot] = [bytes(ROOTS[from]!), bytes(ROOTS[to]!)];
    const claim = { oldSize: from, oldRoot, newSize: to, newRoot, proof: hex.map(bytes) };
    expect(verifyConsistency(claim)).toBe(true);
  });
});

describe('the example of RFC 9162 §2.1.5', () => {
  const store = new MemoryTileStore();
  appendLeaves(store, 0, LEAVES.slice(0, 7));
  const tree = new TreeReader(store);
  const [a, b, c, d, e, f, j] = LEAVES as [Buffer, Buffer, Buffer, Buffer, Buffer, Buffer, Buffer];
  const [g, h, i] = [nodeHash(a, b), nodeHash(c, d), nodeHash(e, f)];
  const [k, l] = [nodeHash(g, h), nodeHash(i, j)];

  it('names the nodes of its paths', () => {
    expect(tree.root(7)).toEqual(nodeHash(k, l));
    expect(tree.inclusionProof(0, 7)).toEqual([b, h, l]);
    expect(tree.inclusionProof(3, 7)).toEqual([c, g, l]);
    expect(tree.inclusionProof(4, 7)).toEqual([f, j, k]);
    expect(tree.inclusionProof(6, 7)).toEqual([i, k]);
  });
  it('names the nodes of its consistency proofs', () => {
    expect(tree.consistencyProof(3, 7)).toEqual([c, d, g, l]);
    expect(tree.consistencyProof(4, 7)).toEqual([l]);
    expect(tree.consistencyProof(6, 7)).toEqual([i, j, k]);
  });
});
