import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { createSigningKey, Ledger, readSigningKey } from '#projections';
import { bytesOf } from './golden.js';
import { commandOf } from './kurrentdb.js';
import { startDouble, type Double, type Loss } from './kurrentdb-double/double.mjs';
import { lusongCommands, recording } from './lusong.js';

const CLI = join(import.meta.dirname, '..', 'dist', 'apps', 'cli', 'src', 'main.js');
const root = mkdtempSync(join(tmpdir(), 'fiscal-migrate-'));
afterAll(() => rmSync(root, { recursive: true }));

const EACH = 250;
const KILLS = 3;
const KINDS: readonly Loss[] = ['disconnect', 'error', 'cancel'];

/** A log with names, a checkpoint and two books by turns; answers its root in hex. */
async function filled(directory: string): Promise<{ size: number; root: string }> {
  const ledger = await Ledger.open({ directory });
  const commands = [
    ...lusongCommands(),
    ...Array.from({ length: EACH }, (_, n) => ['U0', 'U1'].map((u) => commandOf(u, n))).flat(),
  ];
  for (const command of commands)
    expect(await ledger.commands.run(command, recording)).toMatchObject({ ok: true });
  await ledger.catchUp();
  const key = join(root, 'key');
  createSigningKey(key, ledger.store.origin, directory);
  await ledger.log.checkpoint(readSigningKey(key, ledger.store.origin));
  const size = await ledger.store.size();
  const tree = Buffer.from(ledger.log.root(size)).toString('hex');
  await ledger.close();
  return { size, root: tree };
}

/** Runs `fiscal migrate` in a process of its own, killed once `isTime`; answers what it said and how it ended. */
async function migrate(from: string, to: string, isTime: () => boolean = () => false) {
  const args = [CLI, 'migrate', '--from', from, '--to', to, '--json'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  child.stdout.on('data', (data: Buffer) => (out += String(data)));
  child.stderr.on('data', (data: Buffer) => (err += String(data)));
  const ended = once(child, 'close');
  while (child.exitCode === null && child.signalCode === null) {
    if (isTime()) child.kill('SIGKILL');
    await wait(2);
  }
  await ended;
  return { killed: child.signalCode === 'SIGKILL', code: child.exitCode, out, err };
}

/** Breaks connections, loses answers and changes the leader, until it is stopped. */
function disturb(double: Double): () => void {
  let n = 0;
  const timer = setInterval(() => {
    double.faults.dropReplyAfterWrite(0.1, KINDS[n % KINDS.length]);
    double.faults.cutNext('read', 200, KINDS[n % KINDS.length]);
    double.electLeader(n++ % 3);
    if (n % 3 === 0) double.disconnectAll();
  }, 1000);
  return () => {
    clearInterval(timer);
    double.faults.clear();
  };
}

/** Kills it three times on its way and then lets it end; answers what it said. */
async function movedInSpite(from: string, to: string, eventsThere: () => number, size: number) {
  let kills = 0;
  for (const step of Array.from({ length: KILLS }, (_, i) => i + 1)) {
    const at = Math.floor((step * size) / (KILLS + 1));
    const { killed } = await migrate(from, to, () => eventsThere() >= at);
    if (killed) kills++;
  }
  for (let runs = 1; ; runs++) {
    const { code, out } = await migrate(from, to);
    if (code === 0) return { kills, runs, moved: JSON.parse(out) as unknown };
    // an append that could not be found out, or reads that all were cut: it goes on when run again
    expect([runs < 8, out]).toEqual([true, expect.stringContaining('store-unavailable')]);
  }
}

it('killed, cut off and with lost answers at any moment, both ways: the same bytes, leaves and root, nothing twice', async () => {
  const [from, back] = [join(root, 'from'), join(root, 'back')];
  const { size, root: tree } = await filled(from);
  const double = await startDouble({ nodes: 3, seed: 20240601 });
  try {
    const store = double.connectionString();
    const events = () => double.log().filter((r) => r.metadata.length > 0);
    const stop = disturb(double);
    const there = await movedInSpite(from, store, () => events().length, size);
    stop();
    const done = { events: size, root: tree, checkpoints: 1, subjects: 8 };
    expect(there.moved).toEqual(done);
    expect(events()).toHaveLength(size);
    const signed = double.log().filter(({ stream }) => stream === 'ledger-checkpoints');
    expect(signed).toHaveLength(1);
    const names = double.log().filter(({ type }) => type === 'SubjectRecorded');
    expect(names).toHaveLength(8);

    const eventsBack = () => {
      const file = join(back, 'events.db');
      if (!existsSync(file)) return 0;
      const db = new Database(file, { readonly: true });
      try {
        return db.prepare<[], number>('select count(*) from events').pluck().get()!;
      } catch {
        return 0; // not made yet
      } finally {
        db.close();
      }
    };
    const stopAgain = disturb(double);
    const here = await movedInSpite(store, back, eventsBack, size);
    stopAgain();
    expect(here.moved).toEqual(done);
    expect(bytesOf(join(back, 'events.db'))).toEqual(bytesOf(join(from, 'events.db')));
    process.stdout.write(
      `${size} events there with ${there.kills} kills in ${KILLS + there.runs} runs, ` +
        `back with ${here.kills} kills in ${KILLS + here.runs} runs: the same rows and root\n`,
    );
    expect(there.kills).toBe(KILLS);
  } finally {
    await double.stop();
  }
}, 300_000);
