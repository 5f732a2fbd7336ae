// Preloaded into a server: the projection that writes into POISON_TABLE cannot take event POISON_EVENT.
import Database from 'better-sqlite3';

const { POISON_TABLE: table, POISON_EVENT: event } = process.env;
const statements = Object.getPrototypeOf(new Database(':memory:').prepare('select 1'));
const { run } = statements;
statements.run = function (...args) {
  // the index of the event is the second or third value of each of these tables
  if (this.source.includes(`into ${table} `) && args.slice(1, 3).includes(Number(event)))
    throw new Error('poison');
  return run.apply(this, args);
};
