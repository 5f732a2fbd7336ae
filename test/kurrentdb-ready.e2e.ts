import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { Access } from '#accounts';
import { Ledger } from '#projections';
import type { OpenApi } from './conforms.js';
import { commandOf, logOf, recording, stringOf, until } from './kurrentdb.js';
import { startDouble, type Double } from './kurrentdb-double/double.mjs';
import { freePort, ServerProcess, type Asked } from './kurrentdb-server.js';

const root = mkdtempSync(join(tmpdir(), 'fiscal-ready-'));
afterAll(() => rmSync(root, { recursive: true }));
let count = 0;
let double: Double | undefined;
const servers: ServerProcess[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
  await double?.stop();
  double = undefined;
});

const EVENTS = 40;
const MEASURE = '/api/v1/books/U/2024/measures/expenditure';
const READY = '/health/ready';
const STATISTICS = '/api/v1/books/U/2024/statistics';
const statistic = (n: number) => ({ date: '2024-03-01', key: `k${n}`, text: `数字 ${n}` });

async function serve(store: string, env: Readonly<Record<string, string>> = {}) {
  const server = await ServerProcess.start(
    { FISCAL_STORE: store, ...env },
    join(root, String(count++)),
  );
  servers.push(server);
  return server;
}

/** A server of the log with a book in it, and an account where that is asked for. */
async function startStore({ account = false } = {}): Promise<Double> {
  double = await startDouble({ seed: 1 });
  const ledger = await Ledger.open({ store: stringOf(double) });
  const commands = Array.from({ length: EVENTS }, (_, n) => commandOf('U', n));
  expect(await ledger.commands.runAtomically(commands, recording)).toMatchObject({ ok: true });
  if (account) {
    const access = await Access.open(ledger);
    const by = { actor: 'setup', recordedAt: recording.recordedAt };
    await access.open({ login: 'admin', name: '管理员' }, 'correct horse battery', by);
    await access.close();
  }
  await ledger.close();
  return double;
}

/** Every operation that the server has, with something for each place of its address. */
async function everyRequest(server: ServerProcess): Promise<readonly [string, string][]> {
  const { body } = await server.ask('/api/openapi.json');
  const { paths } = body as unknown as OpenApi;
  return Object.entries(paths).flatMap(([path, operations]) => {
    const filled = path.replace('{unit}', 'U').replace('{year}', '2024').replace(/{\w+}/g, 'x');
    return Object.keys(operations).map((method): [string, string] => [
      method.toUpperCase(),
      filled,
    ]);
  });
}
const IS_HEALTH = /\/(health\/(live|ready)|metrics)$/;

/** What a server refuses in a sentence, to be asked again. */
const mustBeRefused = (asked: Asked, code: string, request = '') => {
  expect([request, asked.status, asked.body.code]).toEqual([request, 503, code]);
  expect([request, asked.retryAfter]).toEqual([request, '1']);
  expect(asked.body.detail).toMatch(/^[a-z].{20,}$/);
};

describe('a node whose log has not come yet', () => {
  it('lives, is not ready, refuses everything but that, and serves once it has all', async () => {
    const { faults } = await startStore();
    const release = faults.stall('subscription');
    const server = await serve(stringOf(double!));
    await server.until('/health/live', 200);
    expect(await server.ask(READY)).toMatchObject({
      status: 503,
      retryAfter: '1',
      body: { status: 'down', caughtUp: false, logSize: 0 },
    });
    const requests = await everyRequest(server);
    let refused = 0;
    for (const [method, path] of requests) {
      if (IS_HEALTH.test(path)) continue;
      const body = method === 'GET' ? {} : { body: '{}', headers: { 'idempotency-key': 'k' } };
      mustBeRefused(
        await server.ask(path, { method, ...body }),
        'catching-up',
        `${method} ${path}`,
      );
      refused++;
    }
    expect(refused).toBeGreaterThan(60);
    mustBeRefused(await server.post(STATISTICS, 'late', statistic(1)), 'catching-up');
    expect(await server.ask('/metrics')).toMatchObject({ status: 200 });
    // its files are no part of the log
    const accept = { headers: { accept: 'text/html' } };
    expect((await server.ask('/', accept)).status).toBe(200);
    expect(server.out).not.toContain('/setup#');

    release();
    await server.until(READY, 200);
    expect(await server.ask(MEASURE)).toMatchObject({ status: 200, body: { exact: '0.00' } });
    expect((await server.post(STATISTICS, 'late', statistic(1))).status).toBe(201);
    expect(logOf(double!).at(-1)).toBe(`book-U-2024 ${EVENTS} late`);
    await until('it says how to make an account', () => server.out.includes('/setup#'));
    process.stdout.write(`${refused} of ${requests.length} operations refused until then\n`);
  }, 60_000);

  it('with accounts starts as well, and lets nobody in whom it does not know', async () => {
    const { faults } = await startStore({ account: true });
    const release = faults.stall('subscription');
    const server = await serve(stringOf(double!), { HOST: '0.0.0.0' });
    await server.until('/health/live', 200);
    mustBeRefused(await server.ask(MEASURE), 'catching-up');
    release();
    await server.until(READY, 200);
    expect(await server.ask(MEASURE)).toMatchObject({
      status: 401,
      body: { code: 'not-authenticated' },
    });
    expect(server.out).not.toContain('/setup#');
  }, 60_000);

  it('without accounts never serves another address than loopback, however late it learns of it', async () => {
    const { faults } = await startStore();
    const release = faults.stall('subscription');
    const server = await serve(stringOf(double!), { HOST: '0.0.0.0' });
    await server.until('/health/live', 200);
    let answered = 0;
    const asking = (async () => {
      while (server.exit === undefined) {
        const { status } = await server.post(STATISTICS, `k${answered}`, statistic(answered));
        if (status !== 503 && status !== 0) throw new Error(`answered with ${status}`);
        answered++;
      }
    })();
    release();
    await asking;
    expect([server.exit, server.err]).toEqual([
      1,
      expect.stringContaining('HOST is 0.0.0.0: until there are accounts'),
    ]);
    expect(logOf(double!)).toHaveLength(EVENTS);
  }, 60_000);
});

describe('a server of the log that is down', () => {
  it('when a node starts: it says so, is alive, refuses in a sentence, and serves when the other comes up', async () => {
    const port = await freePort();
    const server = await serve(`esdb://u:geheim@127.0.0.1:${port}?tls=false&defaultDeadline=500`);
    await server.until('/health/live', 200);
    await until('it says why', () => server.err.includes('trying again'));
    for (const path of [READY, MEASURE, '/api/openapi.json', '/'])
      mustBeRefused(await server.ask(path), 'store-unavailable', path);
    mustBeRefused(await server.post(STATISTICS, 'k', statistic(1)), 'store-unavailable');
    double = await startDouble({ port });
    await server.until(READY, 200);
    const { id, command, ...body } = commandOf('U', 0) as unknown as Record<string, string>;
    expect(command).toBe('open-book');
    expect((await server.post('/api/v1/books', id!, body)).status).toBe(201);
    expect(await server.ask(MEASURE, { headers: { 'ledger-position': '1' } })).toMatchObject({
      status: 200,
    });
    // the same reason is said once, in one line
    expect(server.err.trim().split('\n')).toEqual([
      expect.stringMatching(/^fiscal: the event store at 127.0.0.1:\d+ cannot be opened: .*$/),
    ]);
    expect(server.err + server.out).not.toContain('geheim');
  }, 60_000);

  it('a connection string that is wrong is not waited for', async () => {
    const server = await serve('esdb://127.0.0.1:99x?tls=false');
    await until('it ends', () => server.exit !== undefined);
    expect([server.exit, server.err]).toEqual([1, expect.stringContaining('not a port number')]);
  }, 60_000);

  it('while a node serves: it lives, refuses in a sentence, and nothing is lost or doubled', async () => {
    await startStore();
    const server = await serve(`${double!.connectionString()}&defaultDeadline=500`);
    await server.until(READY, 200);
    expect((await server.post(STATISTICS, 'before', statistic(1))).status).toBe(201);
    await server.until(`${MEASURE}?knownAt=${EVENTS + 1}`, 200);
    double!.down(0);
    await server.until(READY, 503);
    expect((await server.ask('/health/live')).status).toBe(200);
    const posts = await Promise.all(
      [2, 3, 4].map((n) => server.post(STATISTICS, `during-${n}`, statistic(n))),
    );
    for (const refused of posts) mustBeRefused(refused, 'store-unavailable');
    // whether there is an account by now only the log can tell
    for (const path of [MEASURE, '/api/v1/books/U/2024/events', '/api/v1/session'])
      mustBeRefused(await server.ask(path), 'store-unavailable', path);
    expect(logOf(double!)).toHaveLength(EVENTS + 1);

    double!.up(0);
    await server.until(READY, 200);
    const again = await Promise.all(
      [2, 3, 4].map((n) => server.post(STATISTICS, `during-${n}`, statistic(n))),
    );
    expect(again.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect((await server.ask('/api/v1/books/U/2024/events')).status).toBe(200);
    expect(logOf(double!)).toHaveLength(EVENTS + 4);
    expect(server.exit).toBeUndefined();
    expect(server.err).not.toContain('internal-error');
    await server.stop();
    expect(server.exit).toBe(0);
  }, 90_000);

  it('while a node with accounts serves: nobody is let in, all in the same short time', async () => {
    await startStore({ account: true });
    const server = await serve(`${double!.connectionString()}&defaultDeadline=500`);
    await server.until(READY, 200);
    double!.down(0);
    await server.until(READY, 503);
    const started = performance.now();
    const headers = { authorization: 'Bearer fiscal_nobody' };
    const asked = await Promise.all(
      Array.from({ length: 20 }, () => server.ask(MEASURE, { headers })),
    );
    for (const { status } of asked) expect([401, 503]).toContain(status);
    const login = await Promise.all(
      Array.from({ length: 4 }, () =>
        server.ask('/api/v1/session', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ login: 'admin', password: 'correct horse battery' }),
        }),
      ),
    );
    for (const { status, body } of login)
      expect([status, body.code]).toEqual([503, 'store-unavailable']);
    expect(performance.now() - started).toBeLessThan(8000);
    double!.up(0);
    await server.until(READY, 200);
  }, 60_000);
});
