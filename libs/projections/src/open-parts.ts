import {
  KurrentCheckpoints,
  KurrentEventStore,
  KurrentVault,
  MemoryEventStore,
  MemoryVault,
  SqliteEventStore,
  SqliteVault,
  type Checkpoints,
  type EventStore,
  type Vault,
} from '#event-store';
import { withReadModel, type ReadModelDatabase } from './kernel/database.js';
import type { LogSource } from './kernel/log-of-streams.js';
import { CheckpointFiles, CheckpointsInMemory } from './proof/checkpoint-files.js';

export interface LedgerOptions {
  /** The data directory; in memory, for tests and rehearsals, where there is none. */
  readonly directory?: string;
  /**
   * The connection string of a KurrentDB (`readStoreUrl`). It has log, checkpoints and vault then; the data
   * directory, if any, only what can be built again. Without, all of them are in the data directory.
   */
  readonly store?: string;
  /** False: there must be a ledger already. */
  readonly create?: boolean;
  /** Names a new log (C2SP origin); generated where it is left out. */
  readonly origin?: string;
  /** Where names of persons are kept, and closed with the ledger; by default beside the log. */
  readonly vault?: Vault;
  /** False: no tree over the log is kept, so that nothing can be proved; to see what it costs. */
  readonly tree?: boolean;
  /** False: a ledger on KurrentDB is opened before its log has come here; `store.caughtUp` tells. */
  readonly waitForCatchUp?: boolean;
  /** Told that no write will be taken any more after an error of the disk: the process should end. */
  readonly onFailure?: (reason: string) => void;
}

/** What is true: the log, what was signed about it, and the names that the log must not have. */
export interface LedgerTruth {
  readonly store: EventStore;
  readonly vault: Vault;
  readonly checkpoints: Checkpoints;
}

/** What a ledger is made of. */
export interface LedgerParts extends LedgerTruth {
  readonly db: ReadModelDatabase;
  /** What the read models are built from, where that is not all of the log. */
  readonly source?: LogSource;
  readonly tree?: boolean;
}

/** Opens what a ledger is made of, and builds one from it. Throws LedgerRefusal `store-unavailable`. */
export async function openParts<T>(
  options: LedgerOptions,
  build: (parts: LedgerParts) => T,
): Promise<T> {
  const truth = await openTruth(options);
  const { tree = true } = options;
  try {
    return withReadModel(options.directory, truth.store.origin, (db) =>
      build({ ...truth, db, tree }),
    );
  } catch (error) {
    await closeTruth(truth);
    throw error;
  }
}

/** Opens log, checkpoints and vault, without read models. Throws LedgerRefusal `store-unavailable`. */
export async function openTruth(options: LedgerOptions): Promise<LedgerTruth> {
  const store = await openStore(options);
  try {
    const vault = options.vault ?? (await openVault(options));
    return { store, vault, checkpoints: checkpointsOf(options) };
  } catch (error) {
    await store.close();
    throw error;
  }
}

export async function closeTruth({ store, vault, checkpoints }: LedgerTruth): Promise<void> {
  await store.close();
  vault.close();
  checkpoints.close();
}

async function openStore(options: LedgerOptions): Promise<EventStore> {
  const { directory, origin, store } = options;
  if (store !== undefined) return KurrentEventStore.open({ ...options, connectionString: store });
  return directory === undefined
    ? new MemoryEventStore(origin)
    : new SqliteEventStore({ ...options, directory });
}

async function openVault({ directory, store, onFailure }: LedgerOptions): Promise<Vault> {
  if (store !== undefined) return KurrentVault.open(store);
  return directory === undefined
    ? new MemoryVault()
    : new SqliteVault({ directory, ...(onFailure && { onFailure }) });
}

function checkpointsOf({ directory, store }: LedgerOptions): Checkpoints {
  if (store !== undefined) return new KurrentCheckpoints(store);
  return directory === undefined ? new CheckpointsInMemory() : new CheckpointFiles(directory);
}
