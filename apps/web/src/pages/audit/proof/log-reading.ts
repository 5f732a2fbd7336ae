import {
  EntryCheck,
  hashEntries,
  saidBy,
  type Entry,
  type Hashed,
  type Said,
} from './entry-check.js';
import type { Findings } from './findings.js';
import { GrowingTree, type TreeAt } from './growing-tree.js';
import { NoteFault } from './note.js';
import type { KeyChain } from './rotations.js';
import { NO_HASH, type Hash } from './tree.js';

export interface EntryPage {
  readonly entries: readonly Entry[];
  readonly logSize: number;
}
export type EntriesFrom = (from: number) => Promise<EntryPage>;

/** A hole that is longer than this ends the reading: nobody deletes so much and keeps what comes after. */
const LONGEST_HOLE = 100_000;

/**
 * Reads the log once from its start and computes its tree. In memory are two pages, one hash of 256 records and
 * the head of each stream, however long the log is.
 */
export class LogReading {
  readonly #tree = new GrowingTree();
  readonly #check: EntryCheck;
  /** Trees at the sizes that were asked for, and leaves at the indices. */
  readonly #trees = new Map<number, TreeAt>();
  readonly #leaves = new Map<number, Hash>();
  readonly #wantedSizes: Set<number>;
  readonly #wantedLeaves: ReadonlySet<number>;
  /** Entries of which only the leaf is in scope: they count in the root, their contents were not looked at. */
  sealed = 0;

  constructor(
    private readonly origin: string,
    private readonly keys: KeyChain,
    private readonly findings: Findings,
    wanted: { readonly sizes: readonly number[]; readonly leaves: ReadonlySet<number> },
  ) {
    this.#check = new EntryCheck(origin, findings);
    this.#wantedSizes = new Set(wanted.sizes);
    this.#wantedLeaves = wanted.leaves;
  }

  get size(): number {
    return this.#tree.size;
  }

  readonly treeAt = (size: number): TreeAt | undefined => this.#trees.get(size);
  readonly leafAt = (index: number): Hash | undefined => this.#leaves.get(index);
  now(): Promise<TreeAt> {
    return this.#tree.now();
  }

  /** Reads to the end that the log has at the start: what is appended meanwhile is not waited for. */
  async read(
    entriesFrom: EntriesFrom,
    progress: (done: number, of: number) => void,
  ): Promise<{ readonly isOther: boolean }> {
    await this.#keepTree();
    let end = Infinity;
    let coming = entriesFrom(0);
    while (this.size < end) {
      const { entries, logSize } = await coming;
      end = Math.min(end, logSize);
      const page = entries.filter(({ index }) => index < end);
      const last = page.at(-1);
      if (!last) break;
      if (this.size === 0 && this.#isOfAnotherLog(page)) return { isOther: true };
      // the next page is on its way while this one is hashed; a failure is met when it is waited for
      if (last.index + 1 < end) (coming = entriesFrom(last.index + 1)).catch(() => undefined);
      const before = this.size;
      await this.#take(await hashEntries(page));
      if (this.size === before) break;
      progress(this.size, end);
    }
    if (this.size < end && end < Infinity) this.#findHole(this.size, end - 1);
    return { isOther: false };
  }

  async #take(page: readonly Hashed[]): Promise<void> {
    const leaves: Hash[] = [];
    for (const hashed of page) {
      const at = this.size + leaves.length;
      const { index } = hashed.entry;
      if (index < at) {
        this.findings.add({ fault: 'order', index, after: at - 1 });
        continue;
      }
      if (index - at > LONGEST_HOLE) break;
      if (index > at) this.#findHole(at, index - 1);
      for (let i = at; i < index; i++) leaves.push(NO_HASH);
      leaves.push(await this.#leafOf(hashed));
    }
    await this.#grow(leaves);
  }

  #findHole(index: number, to: number): void {
    this.findings.add(index === to ? { fault: 'gap', index } : { fault: 'gaps', index, to });
  }

  async #leafOf(hashed: Hashed): Promise<Hash> {
    const { entry, leaf } = hashed;
    const { index, envelope } = entry;
    if (!leaf) this.findings.add({ fault: 'gap', index });
    else if (envelope === undefined) this.sealed += 1;
    else {
      const said = this.#check.check(hashed);
      if (said) await this.#noteRotation(index, said, entry.payload ?? '');
    }
    return leaf ?? NO_HASH;
  }

  async #noteRotation(index: number, said: Said, payload: string) {
    try {
      const size = await this.keys.note(index, said, payload);
      if (size !== undefined) this.#wantedSizes.add(size);
    } catch (error) {
      if (!(error instanceof NoteFault || error instanceof SyntaxError)) throw error;
      this.findings.add({ fault: 'rotation', index });
    }
  }

  /** Stops on the way where the tree is wanted as it is there. */
  async #grow(leaves: readonly Hash[]): Promise<void> {
    const from = this.size;
    const stops = [...this.#wantedSizes]
      .filter((size) => size > from && size <= from + leaves.length)
      .sort((a, b) => a - b);
    for (const [i, leaf] of leaves.entries())
      if (this.#wantedLeaves.has(from + i)) this.#leaves.set(from + i, leaf);
    for (const stop of [...stops, from + leaves.length]) {
      await this.#tree.add(leaves.slice(this.size - from, stop - from));
      await this.#keepTree();
    }
  }

  async #keepTree(): Promise<void> {
    if (this.#wantedSizes.has(this.size)) this.#trees.set(this.size, await this.#tree.now());
  }

  #isOfAnotherLog(page: readonly Entry[]): boolean {
    const origins = page.flatMap(({ envelope }) =>
      envelope === undefined ? [] : [saidBy(envelope)?.['origin']],
    );
    const [origin] = origins;
    if (typeof origin !== 'string' || origins.includes(this.origin)) return false;
    this.findings.add({ fault: 'otherLog', origin, signed: this.origin });
    return true;
  }
}
