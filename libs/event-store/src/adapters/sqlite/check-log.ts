import { statSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type Database from 'better-sqlite3';

// the same file whether it is compiled or, in tests, run as it is written
const WORKER = new URL(
  `./check-log-worker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`,
  import.meta.url,
);

/** Below this a thread costs more than the look itself. */
const SMALL_BYTES = 16 * 1024 * 1024;

/**
 * What SQLite finds wrong in the file of an open database, its indices included. It reads all of it, so that a
 * large one is looked at in a thread of its own.
 */
export async function checkLog(db: Database.Database): Promise<readonly string[]> {
  return statSync(db.name).size < SMALL_BYTES ? integrityFaults(db) : inThread(db.name);
}

function integrityFaults(db: Database.Database): readonly string[] {
  const found = db.pragma('integrity_check(100)') as { readonly integrity_check: string }[];
  return found.map((row) => row.integrity_check).filter((text) => text !== 'ok');
}

function inThread(file: string): Promise<readonly string[]> {
  return new Promise((done, failed) => {
    const worker = new Worker(WORKER, { workerData: { file } });
    worker.on('message', done);
    // a file that cannot even be looked at is a finding as well
    worker.on('error', (error: Error) => done([error.message]));
    worker.on('exit', (code) => failed(new Error(`the checking thread ended with ${code}`)));
  });
}
