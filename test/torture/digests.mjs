import { join } from 'node:path';
import { Ledger } from '#projections';
import { scratch } from './toolbox.mjs';

/** The digest of the read models as they lie there, once caught up. */
export async function digestOf(directory) {
  const ledger = await Ledger.open({ directory });
  await ledger.catchUp();
  const digest = ledger.digest();
  await ledger.close();
  return digest;
}

/** The digest of read models that are built from a copy of the log, in one go. */
export async function rebuiltDigest(directory) {
  const ledger = await Ledger.open({ directory });
  const fresh = scratch({ fast: true });
  await ledger.backup(join(fresh, 'events.db'));
  await ledger.close();
  return digestOf(fresh);
}
