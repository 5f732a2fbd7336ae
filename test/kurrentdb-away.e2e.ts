import { afterEach, describe, expect, it } from '@jest/globals';
import { commandOf, logOf, until } from './kurrentdb.js';
import { startDouble, type Double } from './kurrentdb-double/double.mjs';
import {
  EVENTS,
  freePort,
  MEASURE,
  mustBeRefused,
  READY,
  servers,
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
    double = await startStore();
    const server = await serve(`${double.connectionString()}&defaultDeadline=500`);
    await server.until(READY, 200);
    expect((await server.post(STATISTICS, 'before', statistic(1))).status).toBe(201);
    await server.until(`${MEASURE}?knownAt=${EVENTS + 1}`, 200);
    double.down(0);
    await server.until(READY, 503);
    expect((await server.ask('/health/live')).status).toBe(200);
    const posts = await Promise.all(
      [2, 3, 4].map((n) => server.post(STATISTICS, `during-${n}`, statistic(n))),
    );
    for (const refused of posts) mustBeRefused(refused, 'store-unavailable');
    // whether there is an account by now only the log can tell
    for (const path of [MEASURE, '/api/v1/books/U/2024/events', '/api/v1/session'])
      mustBeRefused(await server.ask(path), 'store-unavailable', path);
    expect(logOf(double)).toHaveLength(EVENTS + 1);

    double.up(0);
    await server.until(READY, 200);
    // a busy machine may be late once more: whoever is refused asks again, under the same key
    for (const n of [2, 3, 4])
      await until(`${n} is recorded`, async () => {
        const answer = await server.post(STATISTICS, `during-${n}`, statistic(n));
        if (answer.status !== 201) mustBeRefused(answer, 'store-unavailable');
        return answer.status === 201;
      });
    await server.until('/api/v1/books/U/2024/events', 200);
    expect(logOf(double)).toHaveLength(EVENTS + 4);
    expect(server.exit).toBeUndefined();
    expect(server.err).not.toContain('internal-error');
    await server.stop();
    expect(server.exit).toBe(0);
  }, 90_000);

  it('while a node with accounts serves: nobody is let in, all in the same short time', async () => {
    double = await startStore({ account: true });
    const server = await serve(`${double.connectionString()}&defaultDeadline=500`);
    await server.until(READY, 200);
    double.down(0);
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
    double.up(0);
    await server.until(READY, 200);
  }, 60_000);
});
