// One side of the rebuild comparison in a process of its own, so that its peak memory is its own.
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Ledger } from '#projections';
import { seconds } from './fixtures.mjs';

const [, , side, directory] = process.argv;
const t = performance.now();
let events = 0;
if (side === 'scan') {
  const db = new Database(join(directory, 'events.db'), { readonly: true });
  for (const payload of db.prepare('select payload from events order by idx').pluck().iterate())
    if (JSON.parse(payload)) events++;
  db.close();
} else {
  const ledger = await Ledger.open({ directory });
  events = await ledger.rebuild();
  await ledger.close();
}
const took = seconds(t);
const maxRssMb = process.resourceUsage().maxRSS / 1024;
process.stdout.write(JSON.stringify({ events, took, maxRssMb }));
