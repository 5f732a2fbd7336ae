import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EMPTY_ROOT, verifyConsistency, verifyInclusion } from './index.js';
import { consistency, inclusion } from './testing/claims.js';

const isSize = (field: string) => /size$/i.test(field);
const isCount = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;

describe('what is not a proof', () => {
  const odd = fc.oneof(
    fc.anything(),
    fc.constantFrom(-1, 0.5, NaN, Infinity, -0, 2 ** 53, 1e300, '1', 1n),
    fc.array(fc.oneof(fc.uint8Array({ minLength: 31, maxLength: 33 }), fc.anything())),
    fc.uint8Array({ minLength: 31, maxLength: 33 }),
  );
  const fieldsOfInclusion = fc.constantFrom('leaf', 'index', 'size', 'proof', 'root');
  const fieldsOfConsistency = fc.constantFrom('oldSize', 'oldRoot', 'newSize', 'newRoot', 'proof');

  it('is false and never throws, whichever field is garbage', () => {
    const [included, continued] = [inclusion(3, 7), consistency(3, 7)];
    fc.assert(
      fc.property(fieldsOfInclusion, fieldsOfConsistency, odd, (a, b, garbage) => {
        fc.pre(garbage !== included[a] && garbage !== continued[b]);
        fc.pre(![a, b].some(isSize) || !isCount(garbage));
        expect(verifyInclusion({ ...included, [a]: garbage })).toBe(false);
        expect(verifyConsistency({ ...continued, [b]: garbage })).toBe(false);
      }),
      { numRuns: 1_000 },
    );
  });
  // RFC 6962: trees of several sizes have paths of one shape; what binds a root to its size is the signed checkpoint
  it('is told by its root, not by its size', () => {
    expect(verifyConsistency({ ...consistency(3, 7), newSize: 5 })).toBe(true);
    expect(verifyInclusion({ ...inclusion(3, 7), size: 5 })).toBe(true);
    expect(verifyConsistency({ ...consistency(3, 7), newSize: 9 })).toBe(false);
    expect(verifyInclusion({ ...inclusion(3, 7), size: 9 })).toBe(false);
  });
  it('is false for a list with a hole, an index beyond the tree, a list without end', () => {
    const holed = new Array<Uint8Array>(2);
    holed[1] = inclusion(0, 4).proof[1]!;
    expect(verifyInclusion({ ...inclusion(0, 4), proof: holed })).toBe(false);
    expect(verifyInclusion({ ...inclusion(0, 1), index: 1 })).toBe(false);
    expect(verifyInclusion({ ...inclusion(0, 1), size: 0 })).toBe(false);
    const endless = new Array<Uint8Array>(1e6).fill(EMPTY_ROOT);
    expect(verifyInclusion({ ...inclusion(0, 4), proof: endless })).toBe(false);
    expect(verifyConsistency({ ...consistency(3, 7), proof: endless })).toBe(false);
  });
});
