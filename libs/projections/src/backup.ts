import { LedgerRefusal, type Sentence } from '#domain';
import {
  KurrentEventStore,
  KurrentVault,
  SqliteEventStore,
  SqliteVault,
  type EventStore,
  type Vault,
} from '#event-store';
import { BACKUP } from './sentences/keeping.js';

const unavailable = (sentence: Sentence) => LedgerRefusal.of('store-unavailable', sentence);

const ofCluster = () => unavailable(BACKUP.ofCluster());

/** Copies the log into a new file. Throws a LedgerRefusal `store-unavailable`. */
export async function backUpLog(store: EventStore, out: string): Promise<void> {
  if (store instanceof KurrentEventStore) throw ofCluster();
  if (!(store instanceof SqliteEventStore)) throw unavailable(BACKUP.memoryLedger());
  await store.backup(out);
}

/** Copies the names into a new file, to be kept apart from the log's: see docs/operating.md. */
export async function backUpVault(vault: Vault, out: string): Promise<void> {
  if (vault instanceof KurrentVault) throw ofCluster();
  if (!(vault instanceof SqliteVault)) throw unavailable(BACKUP.memoryVault());
  await vault.backup(out);
}
