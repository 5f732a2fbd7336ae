// Sizes go up to 2^53 − 1, which the 32-bit operators of the language would cut: hence division throughout.

/** A number of leaves, or the rank of one. */
export const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0;

export const isOdd = (n: number): boolean => n % 2 === 1;

export const half = (n: number): number => Math.floor(n / 2);

export function isPowerOfTwo(n: number): boolean {
  let power = 1;
  while (power < n) power *= 2;
  return power === n;
}

/** The largest power of two smaller than n, for n > 1: where RFC 9162 §2.1.1 splits n leaves. */
export function splitOf(n: number): number {
  let split = 1;
  while (split * 2 < n) split *= 2;
  return split;
}
