import { LedgerRefusal } from '#domain';
import {
  KurrentEventStore,
  KurrentVault,
  SqliteEventStore,
  SqliteVault,
  type EventStore,
  type Vault,
} from '#event-store';

const unavailable = (message: string) => LedgerRefusal.of('store-unavailable', message);

const ofCluster = () =>
  unavailable(
    'the ledger lies in KurrentDB: back that up as docs/operating.md says under KurrentDB',
  );

/** Copies the log into a new file. Throws a LedgerRefusal `store-unavailable`. */
export async function backUpLog(store: EventStore, out: string): Promise<void> {
  if (store instanceof KurrentEventStore) throw ofCluster();
  if (!(store instanceof SqliteEventStore))
    throw unavailable('a ledger in memory has nothing to back up');
  await store.backup(out);
}

/** Copies the names into a new file, to be kept apart from the log's: see docs/operating.md. */
export async function backUpVault(vault: Vault, out: string): Promise<void> {
  if (vault instanceof KurrentVault) throw ofCluster();
  if (!(vault instanceof SqliteVault))
    throw unavailable('a vault in memory has nothing to back up');
  await vault.backup(out);
}
