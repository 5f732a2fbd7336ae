import { createHash } from 'node:crypto';

// RFC 9162 word for word, recursive and slow: what the library is measured against

const sha256 = (...parts: Uint8Array[]): Uint8Array =>
  createHash('sha256').update(Buffer.concat(parts)).digest();

export const node = (left: Uint8Array, right: Uint8Array): Uint8Array =>
  sha256(Uint8Array.of(1), left, right);

const leafOf = (text: string): Uint8Array => sha256(Uint8Array.of(0), Buffer.from(text));

/** Leaf hashes of the texts "0", "1", … */
export const leafHashes = (count: number): Uint8Array[] =>
  Array.from({ length: count }, (_, i) => leafOf(String(i)));

const split = (n: number): number => {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
};

/** §2.1.1, over the leaf hashes D[from:to]. */
export function mth(d: readonly Uint8Array[], from = 0, to = d.length): Uint8Array {
  if (to === from) return sha256();
  if (to - from === 1) return d[from]!;
  const k = from + split(to - from);
  return node(mth(d, from, k), mth(d, k, to));
}

/** §2.1.3.1: PATH of leaf m, counted in all of D, within D[from:to]. */
export function path(m: number, d: readonly Uint8Array[], from = 0, to = d.length): Uint8Array[] {
  if (to - from === 1) return [];
  const k = from + split(to - from);
  return m < k ? [...path(m, d, from, k), mth(d, k, to)] : [...path(m, d, k, to), mth(d, from, k)];
}

/** §2.1.4.1: SUBPROOF(m, D[from:to], b), m counted in all of D; PROOF(m, D) where b is true. */
export function proof(
  m: number,
  d: readonly Uint8Array[],
  b = true,
  from = 0,
  to = d.length,
): Uint8Array[] {
  if (m === to) return b ? [] : [mth(d, from, to)];
  const k = from + split(to - from);
  return m <= k
    ? [...proof(m, d, b, from, k), mth(d, k, to)]
    : [...proof(m, d, false, k, to), mth(d, from, k)];
}

/** On which side the path of leaf m meets its neighbours, from below: 'r' where they are to the right. */
export function sides(m: number, n: number): string {
  if (n === 1) return '';
  const k = split(n);
  return m < k ? `${sides(m, k)}r` : `${sides(m - k, n - k)}l`;
}

/** A tree of n leaves that exists only beside the way to leaf m: its root, and the inclusion proof. */
export function inventInclusion(
  m: number,
  n: number,
  leaf: Uint8Array,
  random: () => Uint8Array,
): { root: Uint8Array; proof: Uint8Array[] } {
  if (n === 1) return { root: leaf, proof: [] };
  const k = split(n);
  const half = m < k ? [m, k] : [m - k, n - k];
  const below = inventInclusion(half[0]!, half[1]!, leaf, random);
  const beside = random();
  const root = m < k ? node(below.root, beside) : node(beside, below.root);
  return { root, proof: [...below.proof, beside] };
}

/** Two trees of m and n leaves that exist only along their border: their roots, and the proof. */
export function inventConsistency(
  m: number,
  n: number,
  random: () => Uint8Array,
  b = true,
): { old: Uint8Array; new: Uint8Array; proof: Uint8Array[] } {
  if (m === n) {
    const root = random();
    return { old: root, new: root, proof: b ? [] : [root] };
  }
  const k = split(n);
  const below =
    m <= k ? inventConsistency(m, k, random, b) : inventConsistency(m - k, n - k, random, false);
  const beside = random();
  const proofOf = [...below.proof, beside];
  return m <= k
    ? { old: below.old, new: node(below.new, beside), proof: proofOf }
    : { old: node(beside, below.old), new: node(beside, below.new), proof: proofOf };
}
