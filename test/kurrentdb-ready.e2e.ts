import { afterEach, describe, expect, it } from '@jest/globals';
import type { OpenApi } from './conforms.js';
import { logOf, stringOf, until } from './kurrentdb.js';
import type { Double } from './kurrentdb-double/double.mjs';
import {
  EVENTS,
  MEASURE,
  mustBeRefused,
  READY,
  servers,
  type ServerProcess,
  startStore,
  statistic,
  STATISTICS,
} from './kurrentdb-server.js';

// first, so that what it starts ends before the server of the log
const serve = servers();
let double: Double | undefined;
afterEach(async () => {
  await double?.stop();
  double = undefined;
});

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

describe('a node whose log has not come yet', () => {
  it('lives, is not ready, refuses everything but that, and serves once it has all', async () => {
    const { faults } = (double = await startStore());
    const release = faults.stall('subscription');
    const server = await serve(stringOf(double));
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
    expect(logOf(double).at(-1)).toBe(`book-U-2024 ${EVENTS} late`);
    await until('it says how to make an account', () => server.out.includes('/setup#'));
    process.stdout.write(`${refused} of ${requests.length} operations refused until then\n`);
  }, 60_000);

  it('with accounts starts as well, and lets nobody in whom it does not know', async () => {
    const { faults } = (double = await startStore({ account: true }));
    const release = faults.stall('subscription');
    const server = await serve(stringOf(double), { HOST: '0.0.0.0' });
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
    const { faults } = (double = await startStore());
    const release = faults.stall('subscription');
    const server = await serve(stringOf(double), { HOST: '0.0.0.0' });
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
    expect(logOf(double)).toHaveLength(EVENTS);
  }, 60_000);
});
