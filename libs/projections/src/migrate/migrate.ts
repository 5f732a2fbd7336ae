import { LedgerRefusal } from '#domain';
import { KurrentVault, SqliteVault, type MovableVault, type Vault } from '#event-store';
import type { Progress } from '../kernel/projector.js';
import { closeTruth, openTruth, type LedgerTruth } from '../open-parts.js';
import { compareLogs, copyLog } from './copy-log.js';
import { MIGRATION } from '../sentences/keeping.js';

/** Where a ledger is kept: its data directory, or the connection string of a KurrentDB. */
export type LedgerPlace =
  | { readonly directory: string; readonly store?: undefined }
  | { readonly store: string; readonly directory?: undefined };

export interface Migration {
  /** How many events the log has, in both places. */
  readonly events: number;
  /** Over all of them, hex, computed from what was read in both places. */
  readonly root: string;
  readonly checkpoints: number;
  /** Subjects of the vault that are not erased. */
  readonly subjects: number;
}

/** Told as it goes on: events done, and events there are. What is there already is compared first. */
export type MigrationProgress = (
  step: 'copy' | 'compare',
  ...progress: Parameters<Progress>
) => void;

const SUBJECTS_AT_ONCE = 500;

/**
 * Moves log, checkpoints and vault to another place: the same bytes in the same order under the same origin. It
 * may be stopped at any moment and begun again. Answers once both places were read again and are the same.
 * Throws LedgerRefusal `migration-conflict` where the target has something else, `source-changed` where events
 * were added to the source at the end (begun again it goes on), `store-unavailable`.
 */
export async function migrate(
  from: LedgerPlace,
  to: LedgerPlace,
  onProgress: MigrationProgress,
): Promise<Migration> {
  const source = await openTruth({ ...from, create: false });
  try {
    const target = await openTarget(to, source.store.origin);
    try {
      return await move(source, target, onProgress);
    } finally {
      await closeTruth(target);
    }
  } finally {
    await closeTruth(source);
  }
}

/** A target that is new gets the origin; one that is not must have it. */
async function openTarget(to: LedgerPlace, origin: string): Promise<LedgerTruth> {
  const known = await openTruth({ ...to, create: false }).catch(() => undefined);
  if (!known) return openTruth({ ...to, create: true, origin });
  const { store } = known;
  if (store.origin === origin) return known;
  await closeTruth(known);
  throw LedgerRefusal.of(
    'migration-conflict',
    MIGRATION.otherLog({ target: store.origin, source: origin }),
  );
}

async function move(
  source: LedgerTruth,
  target: LedgerTruth,
  onProgress: MigrationProgress,
): Promise<Migration> {
  const [copied, compared] = (['copy', 'compare'] as const).map(
    (step): Progress =>
      (done, total) =>
        onProgress(step, done, total),
  ) as [Progress, Progress];
  const before = await target.store.size();
  if (before > (await source.store.size()))
    throw LedgerRefusal.of(
      'migration-conflict',
      MIGRATION.targetLonger({ target: before, source: await source.store.size() }),
    );
  await compareLogs(source.store, target.store, before, compared);
  await copyLog(source.store, target.store, copied);
  const checkpoints = await copyCheckpoints(source, target);
  const subjects = await copyVault(source.vault, target.vault);
  const events = await target.store.size();
  const root = await compareLogs(source.store, target.store, events, compared);
  const now = await source.store.size();
  if (now !== events)
    throw LedgerRefusal.of('source-changed', MIGRATION.sourceWritten({ now, moved: events }));
  return { events, root, checkpoints, subjects };
}

async function copyCheckpoints(source: LedgerTruth, target: LedgerTruth): Promise<number> {
  const sizes = await source.checkpoints.sizes();
  const others = (await target.checkpoints.sizes()).filter((size) => !sizes.includes(size));
  if (others.length > 0)
    throw LedgerRefusal.of('migration-conflict', MIGRATION.moreCheckpoints({ sizes: others }));
  for (const size of sizes) {
    const note = (await source.checkpoints.read(size))!;
    if ((await target.checkpoints.add(size, note)) !== note)
      throw LedgerRefusal.of('migration-conflict', MIGRATION.otherCheckpoint({ size }));
  }
  return sizes.length;
}

function movable(vault: Vault): MovableVault {
  if (vault instanceof SqliteVault || vault instanceof KurrentVault) return vault;
  throw new TypeError('only a vault that lasts can be moved');
}

/** Subjects that were erased in the source are erased in the target as well. */
async function copyVault(from: Vault, to: Vault): Promise<number> {
  const [source, target] = [from, to].map(movable) as [MovableVault, MovableVault];
  const subjects = source.subjects();
  const known = new Set(subjects);
  for (const subject of target.subjects()) if (!known.has(subject)) await target.erase(subject);
  for (let at = 0; at < subjects.length; at += SUBJECTS_AT_ONCE) {
    const some = subjects.slice(at, at + SUBJECTS_AT_ONCE).flatMap((subject) => {
      const told = source.disclose(subject);
      return told ? [{ subject, ...told }] : [];
    });
    const [first] = await target.take(some);
    if (first !== undefined)
      throw LedgerRefusal.of('migration-conflict', MIGRATION.otherSubject({ subject: first }));
  }
  return subjects.length;
}
