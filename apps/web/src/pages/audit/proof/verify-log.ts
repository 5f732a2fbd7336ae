import { hexOf, sameBytes } from './bytes.js';
import { Findings, type Finding } from './findings.js';
import type { TreeAt } from './growing-tree.js';
import { locate } from './locate.js';
import { LogReading, type EntryPage } from './log-reading.js';
import {
  nameOfKey,
  NoteFault,
  readCheckpoint,
  readKeys,
  signerOf,
  type Checkpoint,
} from './note.js';
import { KeyChain, type Rotation } from './rotations.js';
import { hashesOf, holdsConsistency, holdsInclusion } from './tree.js';

/** Where the log comes from: the server, asked page by page. */
export interface LogSource {
  /** So many as the server hands out at once, where no limit is given. */
  entries(from: number, limit?: number): Promise<EntryPage>;
  inclusion(index: number, size: number): Promise<readonly string[]>;
  consistency(from: number, to: number): Promise<readonly string[]>;
  /** The first signed checkpoint of so many records or more, if there is one. */
  checkpointFrom(least: number): Promise<string | undefined>;
}

export interface Verdict {
  readonly origin: string;
  /** How many records the checkpoint is of, and the log has. */
  readonly size: number;
  readonly logSize: number;
  /** None where the log is another one and the key none of the given. */
  readonly signedBy: string | undefined;
  /** How the key that signed came to be trusted, where it is none of the given ones. */
  readonly rotations: readonly Rotation[];
  /** Hex, of the whole log. */
  readonly root: string;
  readonly sealed: number;
  readonly findings: readonly Finding[];
  /** Findings beyond those that are listed. */
  readonly more: number;
}

/** What the auditor brings: the texts of two files. */
export interface Brought {
  readonly checkpoint: string;
  readonly keys: string;
}

/** Inclusion proofs that are asked for, over the whole of the checkpoint. */
const SAMPLES = 20;

/**
 * Computes the log again from its entries and holds it against a checkpoint that was kept elsewhere. Throws
 * NoteFault where checkpoint or key are none, or the key is not one that the given ones lead to; answers findings
 * where the log is not what was signed.
 */
export async function verifyLog(
  source: LogSource,
  brought: Brought,
  progress: (done: number, of: number) => void,
): Promise<Verdict> {
  const checkpoint = readCheckpoint(brought.checkpoint);
  const keys = await readKeys(brought.keys);
  const { origin, size } = checkpoint;
  // a key of another log leads nowhere, and a bad signature of a given key stays bad: so no record need be read
  if (!keys.some(({ name }) => name === origin)) throw new NoteFault('unsigned');
  const given = await signerOf(checkpoint, keys);
  const findings = new Findings();
  const chain = new KeyChain(keys, (least) => source.checkpointFrom(least), origin);
  const samples = samplesOf(size);
  const reading = new LogReading(origin, chain, findings, { sizes: [size], leaves: samples });
  const { isOther } = await reading.read((from) => source.entries(from), progress);
  const now = await reading.now();
  const { signer, rotations } = isOther
    ? { signer: given, rotations: [] }
    : await chain.signerOf(checkpoint, reading, findings);
  const whole = isOther ? [] : await findingsOfWhole(source, checkpoint, reading, { now, samples });
  return {
    origin,
    size,
    logSize: now.size,
    signedBy: signer && nameOfKey(signer),
    rotations,
    root: hexOf(now.root),
    sealed: reading.sealed,
    findings: [...whole.filter((f) => !isToldBy(findings.found, f)), ...findings.found],
    more: findings.more,
  };
}

/** A record that is not there is not also told as altered. */
const isToldBy = (told: readonly Finding[], finding: Finding): boolean =>
  finding.fault === 'altered' &&
  told.some(
    (f) =>
      (f.fault === 'gap' && f.index === finding.index) ||
      (f.fault === 'gaps' && f.index <= finding.index && finding.index <= f.to),
  );

function samplesOf(size: number): ReadonlySet<number> {
  const count = Math.min(SAMPLES, size);
  const spread = Array.from({ length: count }, (_, i) => Math.floor((i * size) / count));
  return new Set(size > 0 ? [...spread, size - 1] : []);
}

/** What is wrong with the log as a whole: it goes before what is wrong with single entries. */
async function findingsOfWhole(
  source: LogSource,
  { size, root }: Checkpoint,
  reading: LogReading,
  { now, samples }: { readonly now: TreeAt; readonly samples: ReadonlySet<number> },
): Promise<readonly Finding[]> {
  const tree = reading.treeAt(size);
  if (!tree) return [{ fault: 'short', size, has: reading.size }];
  if (!sameBytes(tree.root, root))
    return [{ fault: 'rootFault' }, ...(await locate(source, root, tree))];
  const findings: Finding[] = [];
  const consistency = hashesOf(await source.consistency(size, now.size));
  const claim = { oldSize: size, oldRoot: root, newSize: now.size, newRoot: now.root };
  if (!consistency || !(await holdsConsistency({ ...claim, proof: consistency })))
    findings.push({ fault: 'consistency' });
  for (const index of samples) {
    const proof = hashesOf(await source.inclusion(index, size));
    const leaf = reading.leafAt(index)!;
    if (!proof || !(await holdsInclusion({ leaf, index, size, proof, root })))
      findings.push({ fault: 'inclusion', index });
  }
  return findings;
}
