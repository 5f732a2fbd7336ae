import { LedgerRefusal } from '#domain';
import { SqliteEventStore, SqliteVault, type EventStore, type Vault } from '#event-store';

const nothingThere = (what: string) =>
  LedgerRefusal.of('store-unavailable', `a ${what} in memory has nothing to back up`);

/** Copies the log into a new file. Throws a LedgerRefusal `store-unavailable`. */
export async function backUpLog(store: EventStore, out: string): Promise<void> {
  if (!(store instanceof SqliteEventStore)) throw nothingThere('ledger');
  await store.backup(out);
}

/** Copies the names into a new file, to be kept apart from the log's: see docs/operating.md. */
export async function backUpVault(vault: Vault, out: string): Promise<void> {
  if (!(vault instanceof SqliteVault)) throw nothingThere('vault');
  await vault.backup(out);
}
