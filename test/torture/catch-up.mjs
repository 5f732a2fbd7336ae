// A child: node catch-up.mjs DIRECTORY HOW PAGE CRASH_AT
// Builds the read models (HOW: catch-up, or rebuild) in pages of PAGE events and kills itself before the n-th
// call to their database. With CRASH_AT 0 it lives to the end and says how many calls there were.
import { writeSync } from 'node:fs';
import Database from 'better-sqlite3';
import { SqliteEventStore } from '#event-store';
import { Ledger } from '#projections';

const [, , directory, how, page, crashAt] = process.argv;
let calls = 0;
const count = (database) => {
  if (!database.name.endsWith('read-model.db')) return;
  calls++;
  if (calls === Number(crashAt)) process.kill(process.pid, 'SIGKILL');
};

function counting(prototype, names, databaseOf) {
  for (const name of names) {
    const original = prototype[name];
    prototype[name] = function (...args) {
      count(databaseOf(this));
      return original.apply(this, args);
    };
  }
}
const statements = Object.getPrototypeOf(new Database(':memory:').prepare('select 1'));
counting(statements, ['run', 'get', 'all', 'iterate'], (statement) => statement.database);
counting(Database.prototype, ['exec', 'pragma'], (database) => database);

const { readLog } = SqliteEventStore.prototype;
SqliteEventStore.prototype.readLog = function (from, limit) {
  return readLog.call(this, from, Math.min(limit, Number(page)));
};

const ledger = await Ledger.open({ directory });
await (how === 'rebuild' ? ledger.rebuild() : ledger.catchUp());
writeSync(1, `${calls}\n`);
await ledger.close();
