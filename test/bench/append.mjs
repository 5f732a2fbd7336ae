import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Ledger } from '#projections';
import { bookCommands, median, meta, payment, seconds } from './fixtures.mjs';

const BATCH = 64;
const ROUNDS = 7;

/**
 * 64 payments at a time on one book through decide and append, against the same rows raw into SQLite: the
 * same tables, settings and batch size. The two take turns, since the machine's speed drifts.
 */
export async function benchAppend(payments = 12_800) {
  const directory = mkdtempSync(join(tmpdir(), 'fiscal-bench-'));
  const ledger = await Ledger.open({ directory });
  for (const command of bookCommands('U', 0)) await ledger.commands.run(command, meta);
  const raw = rawStore(directory);
  const ratios = [];
  const rates = [];
  let n = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const each = Math.floor(payments / ROUNDS / BATCH) * BATCH;
    const first = (await ledger.store.size()) - 1;
    let t = performance.now();
    for (let i = 0; i < each; i += BATCH)
      await Promise.all(
        Array.from({ length: BATCH }, async () => {
          const result = await ledger.commands.run(payment('U', n++), meta);
          if (!result.ok) throw new Error(result.error.message);
        }),
      );
    const ours = each / seconds(t);
    const rows = (await ledger.store.readLog(first + 1, each)).map(raw.rowOf);
    t = performance.now();
    for (let i = 0; i < each; i += BATCH) raw.insert(rows.slice(i, i + BATCH));
    const theirs = each / seconds(t);
    ratios.push(ours / theirs);
    rates.push([ours, theirs]);
  }
  raw.close();
  await ledger.close();
  rmSync(directory, { recursive: true });
  return {
    name: '64 concurrent payments against the same rows raw into SQLite',
    ratio: median(ratios),
    aim: 0.6,
    detail: `${Math.round(median(rates.map((r) => r[0])))}/s against ${Math.round(median(rates.map((r) => r[1])))}/s`,
  };
}

/** A second file with the store's own tables, read from its schema, on the same disk and settings. */
function rawStore(directory) {
  const source = new Database(join(directory, 'events.db'), { readonly: true });
  const schema = source
    .prepare("select sql from sqlite_master where sql is not null and name != 'meta'")
    .pluck()
    .all();
  source.close();
  const db = new Database(join(directory, 'raw.db'));
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  for (const sql of schema) db.exec(sql);
  db.exec("insert into streams values (1, 'book-U-2024')");
  const add = db.prepare('insert into events values (?, 1, ?, ?, ?, ?, ?, ?)');
  return {
    rowOf: (e) => [e.index, e.revision, e.type, e.date, e.commandId, e.payload, e.envelope],
    insert: db.transaction((rows) => rows.forEach((r) => add.run(...r))).immediate,
    close: () => db.close(),
  };
}
