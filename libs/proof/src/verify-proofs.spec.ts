import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EMPTY_ROOT, verifyConsistency, verifyInclusion } from './index.js';
import { consistency, inclusion, LEAVES, MOST, rootOf } from './testing/claims.js';
import {
  inventConsistency,
  inventInclusion,
  mth,
  node,
  proof,
  sides,
} from './testing/naive-tree.js';

const randomHash = (): Uint8Array => crypto.getRandomValues(new Uint8Array(32));

const size = fc.oneof(fc.integer({ min: 1, max: MOST }), fc.constantFrom(1, 2, 255, 256, 257, 512));
const indexAndSize = size.chain((n) => fc.tuple(fc.nat(n - 1), fc.constant(n)));
/** Any size that we count, far beyond 32 bits too. */
const hugeSize = fc
  .tuple(fc.nat(53), fc.maxSafeNat())
  .map(([bits, n]) => 1 + (n % Math.min(2 ** bits, Number.MAX_SAFE_INTEGER)));

function flipped(hash: Uint8Array, bit: number): Uint8Array {
  const copy = Uint8Array.from(hash);
  copy[bit >> 3]! ^= 1 << (bit & 7);
  return copy;
}

/** Every way to change a proof by one hash, at a place and with a bit that fast-check picks. */
function forgeries(honest: readonly Uint8Array[], place: number, bit: number): Uint8Array[][] {
  const at = place % (honest.length + 1);
  const garbage = randomHash();
  const forged = [
    honest.toSpliced(at, 0, garbage),
    honest.toSpliced(at, 0, EMPTY_ROOT),
    honest.toSpliced(at, 0, new Uint8Array()),
  ];
  if (honest[at] === undefined) return forged;
  forged.push(honest.toSpliced(at, 1), honest.toSpliced(at, 1, flipped(honest[at], bit)));
  forged.push(honest.toSpliced(at, 1, honest[at].subarray(1)));
  forged.push(honest.toSpliced(at, 0, honest[at]));
  if (honest.length > 1) forged.push(honest.toReversed());
  return forged;
}

const bit = fc.nat(255);

describe('an inclusion proof', () => {
  it('holds for its leaf, index, size and root, and after no change of any of them', () => {
    fc.assert(
      fc.property(indexAndSize, fc.nat(), bit, fc.nat(), ([index, n], place, b, other) => {
        const claim = inclusion(index, n);
        expect(verifyInclusion(claim)).toBe(true);
        for (const forged of forgeries(claim.proof, place, b))
          expect(verifyInclusion({ ...claim, proof: forged })).toBe(false);
        expect(verifyInclusion({ ...claim, leaf: flipped(claim.leaf, b) })).toBe(false);
        expect(verifyInclusion({ ...claim, root: flipped(claim.root, b) })).toBe(false);
        for (const wrong of [other % n, index - 1, index + 1, n - 1 - index, index + 2 ** 32])
          if (wrong !== index) expect(verifyInclusion({ ...claim, index: wrong })).toBe(false);
        const size = 1 + (other % MOST);
        if (size !== n) expect(verifyInclusion({ ...claim, size, root: rootOf(size) })).toBe(false);
        expect(verifyInclusion({ ...claim, size: n + 2 ** 32 })).toBe(false);
      }),
    );
  });

  it('fits another size under the same root only where the way to the leaf is the same', () => {
    fc.assert(
      fc.property(indexAndSize, fc.integer({ min: 1, max: MOST }), ([index, n], other) => {
        const same = index < other && sides(index, other) === sides(index, n);
        expect(verifyInclusion({ ...inclusion(index, n), size: other })).toBe(same);
      }),
    );
  });

  it('holds in trees of any size up to 2^53 − 1', () => {
    fc.assert(
      fc.property(hugeSize, fc.maxSafeNat(), fc.nat(), bit, (n, i, place, b) => {
        const [leaf, index] = [randomHash(), i % n];
        const { root, proof } = inventInclusion(index, n, leaf, randomHash);
        expect(verifyInclusion({ leaf, index, size: n, proof, root })).toBe(true);
        for (const forged of forgeries(proof, place, b))
          expect(verifyInclusion({ leaf, index, size: n, proof: forged, root })).toBe(false);
      }),
    );
    const last = Number.MAX_SAFE_INTEGER - 1;
    const { root, proof } = inventInclusion(last, last + 1, LEAVES[0]!, randomHash);
    const claim = { leaf: LEAVES[0]!, index: last, size: last + 1, proof, root };
    expect(verifyInclusion(claim)).toBe(true);
    expect(verifyInclusion({ ...claim, index: last - 2 ** 32 })).toBe(false);
  });

  it('does not go on above the root', () => {
    fc.assert(
      fc.property(indexAndSize, ([index, n]) => {
        const [claim, x] = [inclusion(index, n), randomHash()];
        const proof = [...claim.proof, x];
        for (const root of [node(x, claim.root), node(claim.root, x)])
          expect(verifyInclusion({ ...claim, proof, root })).toBe(false);
      }),
    );
  });
});

describe('a consistency proof', () => {
  it('holds for its sizes and roots, and after no change of any of them', () => {
    fc.assert(
      fc.property(indexAndSize, fc.nat(), bit, fc.nat(), ([before, n], place, b, other) => {
        const claim = consistency(before + 1, n);
        expect(verifyConsistency(claim)).toBe(true);
        for (const forged of forgeries(claim.proof, place, b))
          expect(verifyConsistency({ ...claim, proof: forged })).toBe(false);
        expect(verifyConsistency({ ...claim, oldRoot: flipped(claim.oldRoot, b) })).toBe(false);
        expect(verifyConsistency({ ...claim, newRoot: flipped(claim.newRoot, b) })).toBe(false);
        const size = 1 + (other % MOST);
        if (size !== claim.oldSize)
          expect(verifyConsistency({ ...claim, oldSize: size, oldRoot: rootOf(size) })).toBe(false);
        if (size !== n)
          expect(verifyConsistency({ ...claim, newSize: size, newRoot: rootOf(size) })).toBe(false);
      }),
    );
  });

  it('does not go on above the root', () => {
    fc.assert(
      fc.property(indexAndSize, ([before, n]) => {
        const [claim, x] = [consistency(before + 1, n), randomHash()];
        const [oldRoot, newRoot] = [node(x, claim.oldRoot), node(x, claim.newRoot)];
        const proof = [...claim.proof, x];
        expect(verifyConsistency({ ...claim, oldRoot, newRoot, proof })).toBe(false);
        const right = node(claim.newRoot, x);
        expect(verifyConsistency({ ...claim, newRoot: right, proof })).toBe(false);
      }),
    );
  });

  it('never says that a smaller tree continues a larger one', () => {
    for (let newSize = 2; newSize <= 24; newSize++)
      for (let oldSize = 1; oldSize <= newSize; oldSize++)
        for (let smaller = 0; smaller < oldSize; smaller++) {
          const claim = { ...consistency(oldSize, newSize), newSize: smaller };
          expect(verifyConsistency(claim)).toBe(false);
        }
  });

  it('does not hold for a history that was hashed again', () => {
    fc.assert(
      fc.property(indexAndSize, fc.nat(), ([before, n], place) => {
        const oldSize = before + 1;
        const rewritten = LEAVES.slice(0, n);
        rewritten[place % oldSize] = randomHash();
        const claim = consistency(oldSize, n);
        const forged = { newRoot: mth(rewritten), proof: proof(oldSize, rewritten) };
        expect(verifyConsistency({ ...claim, ...forged })).toBe(false);
      }),
    );
  });

  it('holds for trees of any size up to 2^53 − 1', () => {
    fc.assert(
      fc.property(hugeSize, fc.maxSafeNat(), fc.nat(), bit, (newSize, m, place, b) => {
        const oldSize = 1 + (m % newSize);
        const invented = inventConsistency(oldSize, newSize, randomHash);
        const claim = { oldSize, oldRoot: invented.old, newSize, newRoot: invented.new };
        expect(verifyConsistency({ ...claim, proof: invented.proof })).toBe(true);
        for (const forged of forgeries(invented.proof, place, b))
          expect(verifyConsistency({ ...claim, proof: forged })).toBe(false);
      }),
    );
  });

  it('lets every tree continue the empty one, and none come before it', () => {
    const empty = { oldSize: 0, oldRoot: EMPTY_ROOT, proof: [] };
    expect(verifyConsistency({ ...empty, newSize: 7, newRoot: rootOf(7) })).toBe(true);
    expect(verifyConsistency({ ...empty, newSize: 0, newRoot: EMPTY_ROOT })).toBe(true);
    expect(verifyConsistency({ ...empty, newSize: 0, newRoot: rootOf(7) })).toBe(false);
    expect(verifyConsistency({ ...consistency(0, 7), oldRoot: rootOf(1) })).toBe(false);
    expect(verifyConsistency({ ...consistency(0, 7), proof: [rootOf(7)] })).toBe(false);
    expect(
      verifyConsistency({
        ...empty,
        oldSize: 7,
        oldRoot: rootOf(7),
        newSize: 0,
        newRoot: EMPTY_ROOT,
      }),
    ).toBe(false);
  });
});
