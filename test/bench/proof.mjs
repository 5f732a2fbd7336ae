import { hash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Ledger, verifyLog } from '#projections';
import { bookCommands, median, meta, payment, quantile, seconds } from './fixtures.mjs';

const PROOFS = 5000;
const BATCH = 64;

/** The proof of one event of a large store, its read model there already. */
export async function benchInclusion(directory) {
  const ledger = await Ledger.open({ directory });
  const size = await ledger.catchUp();
  const times = [];
  for (let i = 0; i < PROOFS; i++) {
    const index = (i * 7_368_787) % size;
    const t = performance.now();
    ledger.log.inclusionProof(index, size);
    times.push(performance.now() - t);
  }
  await ledger.close();
  const measured = times.slice(500);
  return {
    name: `proof of one event among ${size}, p99 in ms`,
    value: quantile(measured, 0.99),
    aim: 5,
    atMost: true,
    detail: `p50 ${quantile(measured, 0.5).toFixed(2)} ms`,
  };
}

/** Verifying the log against reading and hashing the same bytes and nothing else. */
export async function benchVerify(directory, rounds = 3) {
  const pairs = [];
  for (let round = 0; round < rounds; round++) {
    let t = performance.now();
    const db = new Database(join(directory, 'events.db'), { readonly: true });
    const page = db.prepare('select payload, envelope from events where idx >= ? limit 1024').raw();
    for (let at = 0, rows; (rows = page.all(at)).length > 0; at += rows.length)
      for (const [payload, envelope] of rows) {
        hash('sha256', payload, 'hex');
        hash('sha256', envelope, 'hex');
      }
    db.close();
    const theirs = seconds(t);
    const ledger = await Ledger.open({ directory });
    t = performance.now();
    const { findings, events } = await verifyLog(ledger.store, [], []);
    pairs.push({ ours: seconds(t), theirs, events });
    await ledger.close();
    if (findings.length > 0) throw new Error(findings[0].message);
  }
  return {
    name: `verifying ${pairs[0].events} events against reading and hashing their bytes`,
    ratio: median(pairs.map((p) => p.theirs / p.ours)),
    aim: 0.5,
    detail: `${median(pairs.map((p) => p.ours)).toFixed(1)} s against ${median(pairs.map((p) => p.theirs)).toFixed(1)} s`,
  };
}

/** Payments that the read models follow, with the tree over the log and without. */
export async function benchTree(payments = 9600, rounds = 7) {
  const root = mkdtempSync(join(tmpdir(), 'fiscal-bench-'));
  const sides = {};
  for (const tree of [true, false]) {
    const ledger = await Ledger.open({ directory: join(root, String(tree)), tree });
    for (const command of bookCommands('U', 0)) await ledger.commands.run(command, meta);
    sides[tree] = { ledger, n: 0 };
  }
  const rate = async (side) => {
    const stop = side.ledger.follow((error) => {
      throw error;
    });
    const each = Math.floor(payments / rounds / BATCH) * BATCH;
    const t = performance.now();
    for (let i = 0; i < each; i += BATCH)
      await Promise.all(
        Array.from({ length: BATCH }, () => side.ledger.commands.run(payment('U', side.n++), meta)),
      );
    await side.ledger.catchUp();
    const took = seconds(t);
    stop();
    return each / took;
  };
  const pairs = [];
  for (let round = 0; round < rounds; round++)
    pairs.push({ on: await rate(sides.true), off: await rate(sides.false) });
  for (const { ledger } of Object.values(sides)) await ledger.close();
  rmSync(root, { recursive: true });
  return {
    name: 'payments that the read models follow, with the tree over the log against without',
    ratio: median(pairs.map((p) => p.on / p.off)),
    aim: 0.9,
    detail: `${Math.round(median(pairs.map((p) => p.on)))}/s against ${Math.round(median(pairs.map((p) => p.off)))}/s`,
  };
}
