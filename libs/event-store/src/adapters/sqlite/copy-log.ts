import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { LedgerRefusal, type Sentence } from '#domain';
import { syncPath } from './open-database.js';
import { STORE } from '../../sentences/store.js';

// the same file whether it is compiled or, in tests, run as it is written
const WORKER = new URL(
  `./copy-log-worker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`,
  import.meta.url,
);

/**
 * Copies a SQLite log or vault, as it is at one moment after the call, into the new file `out`, in a thread of its own
 * and with a name of its own until it is whole. Throws a LedgerRefusal `store-unavailable`.
 */
export async function copyLog(file: string, out: string): Promise<void> {
  if (existsSync(out)) throw unavailable(STORE.backupExists({ file: out }));
  const partial = `${out}.partial`;
  try {
    await rm(partial, { force: true });
    await inWorker({ file, out: partial });
    syncPath(partial);
    await rename(partial, out);
    syncPath(dirname(resolve(out)));
  } catch (error) {
    await rm(partial, { force: true }).catch(() => undefined);
    throw unavailable(STORE.backupFailed({ file: out, fault: (error as Error).message }));
  }
}

const unavailable = (sentence: Sentence) => LedgerRefusal.of('store-unavailable', sentence);

function inWorker(workerData: { readonly file: string; readonly out: string }): Promise<void> {
  return new Promise((done, failed) => {
    const worker = new Worker(WORKER, { workerData });
    worker.on('error', failed);
    worker.on('exit', (code) =>
      code === 0 ? done() : failed(new Error(`the copying thread ended with ${code}`)),
    );
  });
}
