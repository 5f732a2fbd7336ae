import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, it } from '@jest/globals';
import { openCheckpoint } from '#proof';
import { createSigningKey, Ledger, readSigningKey } from '#projections';
import { bookOf, commandOf, logOf, recording, stringOf, until } from './kurrentdb.js';
import { startDouble, type Double, type Loss } from './kurrentdb-double/double.mjs';
import { ServerProcess } from './kurrentdb-server.js';

const NODES = 3;
const STARTS_WITHIN_MS = 90_000;
const root = mkdtempSync(join(tmpdir(), 'fiscal-two-processes-'));
afterAll(() => rmSync(root, { recursive: true }));

let double: Double;
/** A node in this process, which posts without HTTP and checks what the two have done. */
let own: Ledger;
let servers: ServerProcess[] = [];
let env: Readonly<Record<string, string>>;
let count = 0;
beforeEach(async () => {
  double = await startDouble({ nodes: NODES, seed: 20240601 });
  own = await Ledger.open({ store: double.connectionString() });
  const key = join(root, `key-${count}`);
  createSigningKey(key, own.store.origin, join(root, 'none'));
  env = { FISCAL_STORE: stringOf(double), FISCAL_SIGNING_KEY: key };
  servers = await Promise.all([start(), start()]);
}, STARTS_WITHIN_MS);
afterEach(async () => {
  double.faults.clear();
  await Promise.all(servers.map((server) => server.stop('SIGKILL')));
  await own.close();
  await double.stop();
});

async function start(): Promise<ServerProcess> {
  const server = await ServerProcess.start(env, join(root, `data-${count++}`));
  await server.until('/health/ready', 200);
  return server;
}

/** Signed checkpoints in the order in which they were signed. */
const signed = () =>
  double
    .log()
    .filter(({ stream }) => stream === 'ledger-checkpoints')
    .map(({ data }) => JSON.parse(String(data)) as { size: number; note: string });

const BOOKS = 4;
const PER_BOOK = 60;
const CHANGES = 10;
const KINDS: readonly Loss[] = ['disconnect', 'error', 'cancel'];

it('two API processes post while the leader changes ten times: each command once, and both have one tree', async () => {
  let [answered, tries, changes] = [0, 0, 0];
  const change = () => {
    double.faults.dropReplyAfterWrite(0.3, KINDS[changes % KINDS.length]);
    double.electLeader((changes + 1) % NODES);
    if (changes % 2 === 0) double.disconnectAll();
    changes++;
  };
  /** Posts until it is answered, to the one node and the other by turns, as a client behind a proxy does. */
  const insist = async (unit: string, n: number) => {
    const { command, id, fiscalYear, ...body } = commandOf(unit, n);
    const opens = command === 'open-book';
    const path = opens ? '/api/v1/books' : `/api/v1/books/${unit}/${fiscalYear}/statistics`;
    for (let at = n; ; at++) {
      tries++;
      const posted = opens ? { ...body, fiscalYear } : { ...body, unit: undefined };
      const { status, body: answer } = await servers[at % 2]!.post(path, id, posted);
      if (status === 201) break;
      // the other node may be recording the same command, or be faster four times in a row
      const isPassing = ['store-unavailable', 'command-in-flight', 'revision-conflict'];
      if (!isPassing.includes(String(answer.code)))
        throw new Error(`${id}: ${status} ${JSON.stringify(answer)}`);
    }
    if (++answered % Math.floor((BOOKS * PER_BOOK) / CHANGES) === 0 && changes < CHANGES) change();
  };
  const started = performance.now();
  await Promise.all(
    Array.from({ length: BOOKS }, async (_, book) => {
      await insist(`U${book}`, 0);
      const lane = async (first: number) => {
        for (let n = first; n < PER_BOOK; n += 2) await insist(`U${book}`, n);
      };
      await Promise.all([lane(1), lane(2)]);
    }),
  );
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  double.faults.clear();
  const stored = logOf(double);
  const size = stored.length;
  process.stdout.write(
    `${BOOKS * PER_BOOK} commands over two processes, ${tries} tries, ${changes} leaders, ` +
      `${size} events in ${seconds} s, doubled ${size - new Set(stored.map((s) => s.split(' ')[2])).size}\n`,
  );
  expect([changes, size]).toEqual([CHANGES, BOOKS * PER_BOOK]);
  expect(new Set(stored.map((name) => name.split(' ')[2])).size).toBe(size);
  for (const server of servers) await server.until('/health/ready', 200);
  while ((await own.catchUp()) < size);
  // a proof has a hash of every other part of the tree: equal proofs are of equal trees
  for (const index of [0, Math.floor(size / 3), size - 1]) {
    const proof = own.log.inclusionProof(index, size).map((h) => Buffer.from(h).toString('hex'));
    for (const server of servers) {
      const path = `/api/v1/log/proofs/inclusion?index=${index}&size=${size}`;
      expect((await server.ask(path)).body).toMatchObject({ proof });
    }
  }
  expect(await own.store.faults()).toEqual([]);
  expect(servers.map(({ exit }) => exit)).toEqual([undefined, undefined]);
}, 180_000);

it('checkpoints come from one of two processes at a time, and go on when one is killed', async () => {
  const EACH = 1001;
  let posted = 0;
  const post = async () => {
    const commands = Array.from({ length: EACH }, () => commandOf('U', posted++));
    const outcome = await own.commands.runAtomically(commands, recording);
    expect(outcome).toMatchObject({ ok: true });
  };
  /** Waits until what was posted is signed, and then for as long as another would take to sign it too. */
  const signedTo = async (size: number) => {
    await until(`a checkpoint of ${size}`, () => signed().at(-1)?.size === size, 40_000);
    await new Promise((done) => setTimeout(done, 2500));
  };
  // one after the other, so that each node has one due that it did not see come
  await post();
  await signedTo(EACH);
  await post();
  await signedTo(2 * EACH);
  const [first, second] = servers;
  await first!.stop('SIGKILL');
  await post();
  await signedTo(3 * EACH);
  servers = [await start(), second!];
  await second!.stop('SIGKILL');
  await post();
  await signedTo(4 * EACH);
  expect(await own.log.checkpoints.sizes()).toEqual([1, 2, 3, 4].map((n) => n * EACH));
  const { verifier } = readSigningKey(env['FISCAL_SIGNING_KEY']!, own.store.origin);
  await own.catchUp();
  for (const { size, note } of signed()) {
    const opened = openCheckpoint(note, [verifier]);
    expect(opened).toMatchObject({ ok: true, value: { size } });
    if (opened.ok) expect(Buffer.from(opened.value.root)).toEqual(Buffer.from(own.log.root(size)));
  }
  expect(logOf(double).at(-1)).toBe(`${bookOf('U')} ${4 * EACH - 1} U-${4 * EACH - 1}`);
}, 240_000);
