import { workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';

const { file, out } = workerData as { readonly file: string; readonly out: string };

// not readonly: on the last look into a WAL its index may have to be made anew
const db = new Database(file, { fileMustExist: true, timeout: 10_000 });
db.prepare('vacuum into ?').run(out);
db.close();
