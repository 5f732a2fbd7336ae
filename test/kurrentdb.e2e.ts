import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  CheckpointKeeper,
  createSigningKey,
  Ledger,
  migrate as migrateTo,
  readScope,
  readSigningKey,
} from '#projections';
import { KurrentCheckpoints } from '#event-store';
import Database from 'better-sqlite3';
import { fiscal } from './cli.js';
import { bytesOf } from './golden.js';
import { commandOf } from './kurrentdb.js';
import { startDouble, type Double } from './kurrentdb-double/double.mjs';
import { BOOK, commandLines, lusongCommands, ORIGIN, printedFigures, recording } from './lusong.js';

const root = mkdtempSync(join(tmpdir(), 'fiscal-kurrentdb-'));
afterAll(() => rmSync(root, { recursive: true }));
let count = 0;
const directory = () => join(root, String(count++));

let double: Double;
let store: string;
beforeEach(async () => {
  double = await startDouble({ seed: 1 });
  store = `${double.connectionString()}&defaultDeadline=4000`;
});
afterEach(() => double.stop());

async function posted(ledger: Ledger, commands = lusongCommands()): Promise<Ledger> {
  for (const command of commands)
    expect(await ledger.commands.run(command, recording)).toMatchObject({ ok: true });
  await ledger.catchUp();
  return ledger;
}

const rowsOf = (at: string) => bytesOf(join(at, 'events.db'));

interface Moved {
  events: number;
  root: string;
  checkpoints: number;
  subjects: number;
}
const migrate = async (from: string, to: string): Promise<Moved> => {
  const ran = await fiscal(['migrate', '--from', from, '--to', to, '--json']);
  if (ran.code !== 0) throw new Error(ran.stdout);
  return ran.json<Moved>();
};
const refusalOf = async (from: string, to: string): Promise<string | undefined> =>
  (await fiscal(['migrate', '--from', from, '--to', to, '--json'])).json<{
    error?: { code: string };
  }>().error?.code;

type OnProgress = Parameters<typeof migrateTo>[2];
const moveTo = (from: string, onProgress: OnProgress = () => undefined) =>
  migrateTo({ directory: from }, { store }, onProgress);

const EACH = 600;
/** Events of two books by turns, of more pages than one. */
async function interleaved(ledger: Ledger): Promise<void> {
  const runs = Array.from({ length: EACH }, (_, n) =>
    ['U0', 'U1'].map((unit) => ledger.commands.run(commandOf(unit, n), recording)),
  );
  for (const result of await Promise.all(runs.flat())) expect(result).toMatchObject({ ok: true });
}

let keys = 0;
function signerOf(ledger: Ledger) {
  const file = join(root, `key-${keys++}`);
  createSigningKey(file, ledger.store.origin, join(root, 'none'));
  return readSigningKey(file, ledger.store.origin);
}

describe('a ledger on KurrentDB', () => {
  it('reproduces every figure of the published 2023 report, on a second node as well', async () => {
    const [writer, reader] = [
      await Ledger.open({ store, directory: directory(), origin: ORIGIN }),
      await Ledger.open({ store }),
    ];
    const stop = reader.follow((error) => {
      throw error;
    });
    await posted(writer);
    await reader.waitFor(lusongCommands().length, 5000);
    let reproduced = 0;
    for (const { measure, scope: given, reproducible, ledger: own, printed } of printedFigures) {
      const scope = readScope(given);
      if (!scope.ok) throw new Error(scope.error.message);
      const asked = { ...BOOK, measure, scope: scope.value, asOf: {} };
      for (const node of [writer, reader]) {
        const answer = node.measure(asked);
        const shown = answer.tenThousand ?? answer.percent ?? answer.score;
        expect(Number(shown)).toBe(Number(reproducible === false ? own : printed));
      }
      reproduced++;
    }
    expect(reproduced).toBe(78);
    expect(reader.digest()).toBe(writer.digest());
    const names = (ledger: Ledger) =>
      ledger.register('payments', BOOK, {}, { offset: 0, limit: 50 }).entries.map((e) => e.party);
    expect(names(reader)).toEqual(names(writer));
    expect(names(reader)).toContain('在职人员');
    stop();
    await writer.close();
    await reader.close();
  });

  it('is not caught up before its log has come, and a node goes on from a copied directory', async () => {
    const first = directory();
    await (await posted(await Ledger.open({ store, directory: first }))).close();
    const release = double.faults.stall('subscription');
    const cold = await Ledger.open({ store, waitForCatchUp: false });
    expect([cold.store.caughtUp, await cold.store.size()]).toEqual([false, 0]);
    release();
    await cold.close();
    const again = await Ledger.open({ store, directory: first });
    expect([again.store.caughtUp, again.status().logSize]).toEqual([true, commandLines.length]);
    await again.close();
  });

  it('read models of another log are thrown away', async () => {
    const at = directory();
    await (await posted(await Ledger.open({ directory: at }))).close();
    const other = await posted(
      await Ledger.open({ store, directory: at }),
      lusongCommands().slice(0, 3),
    );
    expect(other.status().logSize).toBe(3);
    expect(await other.readModelsHold()).toBe(true);
    await other.close();
  });

  it('what the command line cannot do there it says, and no message has the password', async () => {
    await fiscal(['import', '-', '--store', store, '--data', directory()], commandLines.join('\n'));
    const backup = await fiscal([
      'backup',
      join(root, 'b'),
      '--store',
      store,
      '--data',
      directory(),
    ]);
    expect([backup.code, backup.stderr]).toEqual([1, expect.stringContaining('docs/operating.md')]);
    for (const malformed of [
      'esdb://admin:geheim@h:1?colour=red',
      'http://admin:geheim@h',
      'geheim',
    ]) {
      const ran = await fiscal(['events', '--store', malformed, '--data', directory()]);
      expect([ran.code, ran.stderr.trim().split('\n')]).toEqual([1, [expect.any(String)]]);
      expect(ran.stderr).toContain('connection string');
      expect(ran.stderr + ran.stdout).not.toContain('geheim');
    }
  });
});

describe('checkpoints of several nodes', () => {
  it('are one of each size, however many nodes keep them', async () => {
    const nodes = [
      await Ledger.open({ store }),
      await Ledger.open({ store }),
      await Ledger.open({ store }),
    ];
    const signer = signerOf(nodes[0]!);
    const keepers = nodes.map((node) => new CheckpointKeeper(node, signer));
    // every node finds one due at the same moment, again and again
    for (const [i, command] of lusongCommands().entries()) {
      await nodes[i % nodes.length]!.commands.run(command, recording);
      await Promise.all(keepers.map((keeper) => keeper.keep(i * 60_000)));
    }
    const signed = double.log().filter((r) => r.stream === 'ledger-checkpoints');
    const sizes = signed.map((r) => (JSON.parse(r.data.toString()) as { size: number }).size);
    expect(new Set(sizes).size).toBe(sizes.length);
    expect(sizes.at(-1)).toBe(commandLines.length);
    for (const node of nodes) expect(await node.log.checkpoints.sizes()).toEqual(sizes);
    await Promise.all(nodes.map((node) => node.close()));
  });

  it('of two nodes that find one due at once, at another size each, one signs', async () => {
    const nodes = [new KurrentCheckpoints(store), new KurrentCheckpoints(store)];
    for (let round = 0; round < 20; round++) {
      const after = (await nodes[0]!.sizes()).at(-1) ?? 0;
      const notes = await Promise.all(
        nodes.map((node, n) => node.add(after + 10 + n, `${round} by ${n}`, after)),
      );
      expect(notes[0]).toBe(notes[1]);
      expect(await nodes[1]!.sizes()).toHaveLength(round + 1);
    }
    nodes.forEach((node) => node.close());
  });

  it('are signed once in a minute by all nodes together', async () => {
    const [a, b] = [await Ledger.open({ store }), await Ledger.open({ store })];
    const signer = signerOf(a);
    const [ofA, ofB] = [new CheckpointKeeper(a, signer), new CheckpointKeeper(b, signer)];
    const commands = lusongCommands();
    await posted(a, commands.slice(0, 3));
    await ofA.keep(0);
    await ofB.keep(0);
    await posted(a, commands.slice(3, 6));
    // 60 s after its own start, but not after the checkpoint of the other
    await ofA.keep(60_000);
    await posted(a, commands.slice(6, 9));
    await ofB.keep(61_000);
    expect(await b.log.checkpoints.sizes()).toEqual([3, 6]);
    await ofB.keep(121_000);
    expect(await b.log.checkpoints.sizes()).toEqual([3, 6, 9]);
    await a.close();
    await b.close();
  });
});

describe('fiscal migrate', () => {
  it('moves a ledger to KurrentDB and back with the same root and the same rows', async () => {
    const [from, back] = [directory(), directory()];
    const ledger = await posted(await Ledger.open({ directory: from }));
    await ledger.log.checkpoint(signerOf(ledger));
    const [digest, size] = [ledger.digest(), await ledger.store.size()];
    const tree = Buffer.from(ledger.log.root(size)).toString('hex');
    await ledger.close();
    const there = await migrate(from, store);
    expect(there).toEqual({ events: size, root: tree, checkpoints: 1, subjects: 8 });
    const cluster = await Ledger.open({ store });
    await cluster.catchUp();
    expect([cluster.digest(), cluster.store.origin]).toEqual([digest, ledger.store.origin]);
    await cluster.close();
    expect(await migrate(store, back)).toEqual(there);
    expect(rowsOf(back)).toEqual(rowsOf(from));
    expect(await migrate(back, directory())).toEqual(there);
  });

  it('stopped it goes on when run again, and what was erased meanwhile is erased there', async () => {
    const from = directory();
    const ledger = await posted(await Ledger.open({ directory: from }));
    await interleaved(ledger);
    const stopped = moveTo(from, (step) => {
      if (step === 'copy') throw new Error('stopped');
    });
    await expect(stopped).rejects.toThrow('stopped');
    // the server goes away in the midst of a page
    const gone = moveTo(from, () => double.faults.unavailable());
    await expect(gone).rejects.toThrow();
    double.faults.clear();
    const { subject } = ledger.vault.find('在职人员')!;
    const moved = await moveTo(from);
    expect(moved).toMatchObject({ events: await ledger.store.size(), subjects: 8 });
    await ledger.eraseSubject(subject);
    expect(await moveTo(from)).toEqual({ ...moved, subjects: 7 });
    const cluster = await Ledger.open({ store });
    expect([cluster.vault.nameOf(subject), cluster.vault.find('在职人员')]).toEqual([
      undefined,
      undefined,
    ]);
    await cluster.close();
    await ledger.close();
  });

  it('refuses a target that is another log, or has other events', async () => {
    const [from, other] = [directory(), directory()];
    await (await posted(await Ledger.open({ directory: from, origin: ORIGIN }))).close();
    await (await Ledger.open({ directory: other })).close();
    expect(await refusalOf(from, other)).toBe('migration-conflict');
    // the same origin, and a history of its own
    const differs = lusongCommands()
      .map((c) => ({ ...c, date: '2023-01-02' }))
      .slice(0, 1);
    await (await posted(await Ledger.open({ store, origin: ORIGIN }), differs)).close();
    expect(await refusalOf(from, store)).toBe('migration-conflict');
    expect(await refusalOf(join(root, 'nowhere'), store)).toBe('store-unavailable');
  });

  it('refuses a target of which one payload is another, under the same envelope and root', async () => {
    const [from, to] = [directory(), directory()];
    await (await posted(await Ledger.open({ directory: from }))).close();
    await migrate(from, to);
    const db = new Database(join(to, 'events.db'));
    db.exec(
      `update events set payload = replace(payload, '"amount":"', '"amount":"1') where idx = 12`,
    );
    db.close();
    expect(await refusalOf(from, to)).toBe('migration-conflict');
  });

  it('refuses to be done where the source was written to, and goes on when run again', async () => {
    const from = directory();
    const ledger = await Ledger.open({ directory: from });
    await interleaved(ledger);
    const late = commandOf('U0', EACH);
    let writing: Promise<unknown> | undefined;
    const refused = moveTo(from, (step) => {
      if (step === 'compare') writing ??= ledger.commands.run(late, recording);
    });
    await expect(refused).rejects.toMatchObject({ error: { code: 'source-changed' } });
    expect(await writing).toMatchObject({ ok: true });
    expect(await moveTo(from)).toMatchObject({ events: 2 * EACH + 1 });
    await ledger.close();
  });
});
