import { Worker } from 'node:worker_threads';

// the same file whether it is compiled or, in tests, run as it is written
const WORKER = new URL(
  `./check-log-worker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`,
  import.meta.url,
);

/** What SQLite finds wrong in a file, its indices included; in a thread of its own, for it reads all of it. */
export function checkLog(file: string): Promise<readonly string[]> {
  return new Promise((done, failed) => {
    const worker = new Worker(WORKER, { workerData: { file } });
    worker.on('message', done);
    // a file that cannot even be looked at is a finding as well
    worker.on('error', (error: Error) => done([error.message]));
    worker.on('exit', (code) => failed(new Error(`the checking thread ended with ${code}`)));
  });
}
