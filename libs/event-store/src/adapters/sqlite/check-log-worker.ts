import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';

const { file } = workerData as { readonly file: string };

const db = new Database(file, { fileMustExist: true, timeout: 10_000 });
const found = db.pragma('integrity_check(100)') as { readonly integrity_check: string }[];
db.close();
parentPort!.postMessage(found.map((row) => row.integrity_check).filter((text) => text !== 'ok'));
