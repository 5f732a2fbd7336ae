import { fromHex, hexOf, sameBytes, sha256, utf8 } from './bytes.js';
import { openCheckpoint, readKeys, type Checkpoint } from './note.js';
import { holdsConsistency, holdsInclusion, leafHash, rootOf, type Hash } from './tree.js';

/** An entry of the log as the server gives it; of units out of scope its leaf alone. */
export interface Entry {
  readonly index: number;
  readonly envelope?: string;
  readonly payload?: string;
  readonly leaf?: string;
}

/** Where the log comes from: the server, asked page by page. */
export interface LogSource {
  entries(from: number): Promise<{ readonly entries: readonly Entry[]; readonly logSize: number }>;
  inclusion(index: number, size: number): Promise<readonly string[]>;
  consistency(from: number, to: number): Promise<readonly string[]>;
}

export type Finding =
  | { readonly fault: 'gap' | 'payload' | 'stream' | 'inclusion'; readonly index: number }
  | { readonly fault: 'short'; readonly size: number; readonly has: number }
  | { readonly fault: 'origin'; readonly origin: string }
  | { readonly fault: 'root' | 'consistency' };

export interface Verdict {
  readonly checkpoint: Checkpoint;
  readonly logSize: number;
  readonly root: string;
  /** Entries of which only the leaf is in scope: they count in the root, their contents were not looked at. */
  readonly sealed: number;
  readonly findings: readonly Finding[];
}

/** Inclusion proofs that are asked for, over the whole of the checkpoint. */
const SAMPLES = 20;
const MOST_FINDINGS = 20;

/**
 * Computes the log again from its entries and holds it against a checkpoint that was kept elsewhere. Throws
 * NoteFault where checkpoint or key are none; answers findings where the log is not what was signed.
 */
export async function verifyLog(
  source: LogSource,
  files: { readonly checkpoint: string; readonly keys: string },
  progress: (done: number, of: number) => void,
): Promise<Verdict> {
  const checkpoint = await openCheckpoint(files.checkpoint, await readKeys(files.keys));
  const findings: Finding[] = [];
  const leaves: Hash[] = [];
  const heads = new Map<string, { revision: number; leaf: string }>();
  let sealed = 0;
  let logSize = Infinity;
  while (leaves.length < logSize) {
    const page = await source.entries(leaves.length);
    // what is appended meanwhile is not waited for
    logSize = Math.min(logSize, page.logSize);
    if (page.entries.length === 0) break;
    for (const entry of page.entries.slice(0, logSize - leaves.length)) {
      const { index, envelope } = entry;
      if (index !== leaves.length) findings.push({ fault: 'gap', index: leaves.length });
      const leaf = envelope === undefined ? fromHex(entry.leaf ?? '') : await leafHash(envelope);
      if (!leaf) findings.push({ fault: 'gap', index });
      leaves.push(leaf ?? new Uint8Array(32));
      if (envelope === undefined) sealed += 1;
      else findings.push(...(await contentFindings(entry, hexOf(leaf!), heads, checkpoint.origin)));
    }
    progress(leaves.length, logSize);
  }
  const now = await rootOf(leaves);
  const whole = await findingsOfWhole(source, checkpoint, leaves, now);
  return {
    checkpoint,
    logSize: leaves.length,
    root: hexOf(now),
    sealed,
    findings: [...whole, ...findings].slice(0, MOST_FINDINGS),
  };
}

/** What is wrong with the log as a whole: it goes before what is wrong with single entries. */
async function findingsOfWhole(
  source: LogSource,
  checkpoint: Checkpoint,
  leaves: readonly Hash[],
  now: Hash,
): Promise<Finding[]> {
  const { size, root } = checkpoint;
  if (leaves.length < size) return [{ fault: 'short', size, has: leaves.length }];
  const isSigned = sameBytes(await rootOf(leaves.slice(0, size)), root);
  const proofs = await proofFindings(source, checkpoint, leaves, now);
  return [...(isSigned ? [] : [{ fault: 'root' } as const]), ...proofs];
}

/** Payload, origin and place in the stream of one entry against its envelope. */
async function contentFindings(
  { index, envelope, payload }: Entry,
  leaf: string,
  heads: Map<string, { revision: number; leaf: string }>,
  origin: string,
): Promise<Finding[]> {
  const said = JSON.parse(envelope!) as Readonly<Record<string, unknown>>;
  const findings: Finding[] = [];
  if (said['origin'] !== origin) findings.push({ fault: 'origin', origin: String(said['origin']) });
  if (hexOf(await sha256(utf8(payload ?? ''))) !== said['payloadHash'])
    findings.push({ fault: 'payload', index });
  const stream = String(said['stream']);
  const before = heads.get(stream) ?? { revision: -1, leaf: '' };
  const revision = before.revision + 1;
  if (said['revision'] !== revision || said['streamPrev'] !== before.leaf)
    findings.push({ fault: 'stream', index });
  // from what stands here: one break is told once
  heads.set(stream, { revision: Number(said['revision']), leaf });
  return findings;
}

/** That the server's own proofs hold against the signed root and against what was computed here. */
async function proofFindings(
  source: LogSource,
  { size, root }: Checkpoint,
  leaves: readonly Hash[],
  now: Hash,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const samples = new Set(
    Array.from({ length: Math.min(SAMPLES, size) }, (_, i) =>
      Math.floor((i * size) / Math.min(SAMPLES, size)),
    ),
  );
  if (size > 0) samples.add(size - 1);
  for (const index of samples) {
    const proof = hashesOf(await source.inclusion(index, size));
    const leaf = leaves[index]!;
    if (!proof || !(await holdsInclusion({ leaf, index, size, proof, root })))
      findings.push({ fault: 'inclusion', index });
  }
  const proof = hashesOf(await source.consistency(size, leaves.length));
  const claim = { oldSize: size, oldRoot: root, newSize: leaves.length, newRoot: now };
  if (!proof || !(await holdsConsistency({ ...claim, proof })))
    findings.unshift({ fault: 'consistency' });
  return findings;
}

export function hashesOf(hexes: readonly string[]): readonly Hash[] | undefined {
  const hashes = hexes.map(fromHex);
  return hashes.every((hash) => hash?.length === 32) ? (hashes as Hash[]) : undefined;
}
