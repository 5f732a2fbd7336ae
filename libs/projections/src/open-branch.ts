import { LedgerRefusal, streamOfBook, type BookId } from '#domain';
import { BranchStore, OverlayVault, type EventStore, type Vault } from '#event-store';
import { openReadModel } from './kernel/database.js';
import { LogOfStreams } from './kernel/log-of-streams.js';
import type { LedgerParts } from './open-parts.js';
import { CheckpointsInMemory } from './proof/checkpoint-files.js';
import { ASKING } from './sentences/asking.js';

/**
 * The parts of a ledger that goes on from the first `at` events of a log (by default all), in memory only, for
 * the books given and the years before them. Throws LedgerRefusal `known-at-beyond-log`.
 */
export async function openBranch(
  base: EventStore,
  vault: Vault,
  books: readonly BookId[],
  at?: number,
): Promise<LedgerParts> {
  const size = await base.size();
  if (at !== undefined && at > size)
    throw LedgerRefusal.of('known-at-beyond-log', ASKING.noStart({ size, at }));
  const streams = new Set(
    books.flatMap(({ unit, fiscalYear }) =>
      [fiscalYear - 1, fiscalYear].map((year) => streamOfBook({ unit, fiscalYear: year })),
    ),
  );
  const store = new BranchStore(base, at ?? size);
  return {
    store,
    vault: new OverlayVault(vault),
    checkpoints: new CheckpointsInMemory(),
    db: openReadModel(undefined, store.origin),
    source: new LogOfStreams(store, [...streams]),
    // it has the events of some books only, of which there is no tree
    tree: false,
  };
}
