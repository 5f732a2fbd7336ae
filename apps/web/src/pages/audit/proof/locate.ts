import { sameBytes } from './bytes.js';
import { hashEntries, type Entry } from './entry-check.js';
import type { Finding } from './findings.js';
import { TILE, type TreeAt } from './growing-tree.js';
import { hashesOf, holdsInclusion, NO_HASH, rootOf, sidesOf, type Hash } from './tree.js';

/** Where records can be read again, and proofs come from that nobody has to believe. */
interface Evidence {
  entries(from: number, limit: number): Promise<{ readonly entries: readonly Entry[] }>;
  inclusion(index: number, size: number): Promise<readonly string[]>;
}

/** Leaves that are known to differ, and the hash over them that was signed. */
interface Differing {
  readonly from: number;
  readonly to: number;
  readonly signed: Hash;
}

const MOST_LOCATED = 5;

/**
 * Which records are not those that were signed, the first ones. An inclusion proof that leads to the signed root
 * shows what was signed of each branch beside its path; the branches that were computed otherwise are gone into.
 * Answers `unlocated` where the server's proofs do not lead to the signed root.
 */
export async function locate(
  evidence: Evidence,
  signedRoot: Hash,
  tree: TreeAt,
): Promise<readonly Finding[]> {
  const { size } = tree;
  const computed = new Computed(evidence, tree);
  const differing: Differing[] = [{ from: 0, to: size, signed: signedRoot }];
  const found: Finding[] = [];
  while (found.length < MOST_LOCATED) {
    const next = differing.shift();
    if (!next) break;
    if (next.to - next.from === 1) found.push(await computed.findingOf(next));
    else {
      const parts = await partsOf(evidence, next, size, signedRoot);
      if (!parts) return [...found, { fault: 'unlocated' }];
      const wrong: Differing[] = [];
      for (const part of parts) if (await computed.differs(part)) wrong.push(part);
      differing.unshift(...wrong);
    }
  }
  return found;
}

/** What was signed of the parts of a branch, left to right. */
async function partsOf(
  evidence: Evidence,
  { from, to }: Differing,
  size: number,
  root: Hash,
): Promise<readonly Differing[] | undefined> {
  // each is the sibling of the other: so the proofs have both leaves, whatever the records are now
  const [proof, ofSibling] = await Promise.all(
    [from, from + 1].map(async (index) => hashesOf(await evidence.inclusion(index, size))),
  );
  const leaf = ofSibling?.[0];
  if (!proof || !leaf || !(await holdsInclusion({ leaf, index: from, size, proof, root })))
    return undefined;
  const beside = sidesOf(from, size).map((side, i) => ({ ...side, signed: proof[i]! }));
  return [
    { from, to: from + 1, signed: leaf },
    ...beside.filter((side) => side.from > from && side.to <= to),
  ];
}

/** The hashes that were computed here; leaves are read again, a tile at a time. */
class Computed {
  #tile = -1;
  #leaves: readonly Hash[] = [];

  constructor(
    private readonly evidence: Evidence,
    private readonly tree: TreeAt,
  ) {}

  async differs({ from, to, signed }: Differing): Promise<boolean> {
    return !sameBytes(await this.#hashOf(from, to), signed);
  }

  async findingOf({ from: index, signed }: Differing): Promise<Finding> {
    const leaves = await this.#leavesOf(Math.floor(index / TILE));
    const at = leaves.findIndex((leaf) => sameBytes(leaf, signed));
    if (at < 0) return { fault: 'altered', index };
    return { fault: 'moved', index, at: this.#tile * TILE + at };
  }

  async #hashOf(from: number, to: number): Promise<Hash> {
    const tile = Math.floor(from / TILE);
    if (from % TILE === 0 && (to - from >= TILE || to === this.tree.size))
      return rootOf(this.tree.tiles.slice(tile, Math.ceil(to / TILE)));
    const leaves = await this.#leavesOf(tile);
    return rootOf(leaves.slice(from - tile * TILE, to - tile * TILE));
  }

  async #leavesOf(tile: number): Promise<readonly Hash[]> {
    if (tile === this.#tile) return this.#leaves;
    const first = tile * TILE;
    const length = Math.min(TILE, this.tree.size - first);
    const { entries } = await this.evidence.entries(first, length);
    const leaves = Array.from({ length }, () => NO_HASH);
    for (const { entry, leaf } of await hashEntries(entries))
      if (leaf && entry.index >= first && entry.index < first + length)
        leaves[entry.index - first] = leaf;
    [this.#tile, this.#leaves] = [tile, leaves];
    return leaves;
  }
}
