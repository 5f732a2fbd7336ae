import { spawn } from 'node:child_process';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ROOT } from './deploy.js';

describe('deploy/prepare-database.mjs', () => {
  interface User {
    password: string;
    groups: readonly string[];
  }
  /** What a cluster would remember: its users and the events of `$settings`, of which the last holds. */
  let users: Map<string, User>;
  let settings: unknown[];
  let server: Server;
  let url: string;

  interface Answer {
    status: number;
    body?: unknown;
  }

  /** The part of the HTTP API of KurrentDB that the script uses, by its documentation. */
  function answer(request: IncomingMessage, body: string): Answer {
    const [login = '', password] = Buffer.from(
      request.headers.authorization?.split(' ')[1] ?? '',
      'base64',
    )
      .toString()
      .split(':');
    if (request.url === '/gossip') {
      const { port } = server.address() as AddressInfo;
      const member = { isAlive: true, httpEndPointIp: '127.0.0.1', httpEndPointPort: port };
      const others = { ...member, httpEndPointPort: 1 };
      const members = [
        { ...others, state: 'Follower' },
        { ...others, state: 'Leader', isAlive: false },
        { ...member, state: 'Leader' },
      ];
      return { status: 200, body: { members } };
    }
    if (users.get(login)?.password !== password) return { status: 401 };
    const given: unknown = body === '' ? undefined : JSON.parse(body);
    const readers = (settings.at(-1) as Record<string, { $r: string[] }> | undefined) ?? {};
    switch (`${request.method} ${request.url}`) {
      case 'GET /users/$current':
        return { status: 200, body: { loginName: login } };
      case 'GET /streams/%24all/head/backward/1':
        return { status: readers['$systemStreamAcl']?.$r.includes(login) ? 200 : 401 };
    }
    if (login !== 'admin') return { status: 401 };
    switch (`${request.method} ${request.url}`) {
      case 'GET /users/fiscal':
        return { status: users.has('fiscal') ? 200 : 404 };
      case 'POST /users/': {
        const { loginName, ...user } = given as User & { loginName: string };
        users.set(loginName, { password: user.password, groups: user.groups });
        return { status: 201 };
      }
      case 'POST /users/fiscal/command/reset-password':
        users.get('fiscal')!.password = (given as { newPassword: string }).newPassword;
        return { status: 200 };
      case 'GET /streams/%24settings/head':
        return settings.length ? { status: 200, body: settings.at(-1) } : { status: 404 };
      case 'POST /streams/%24settings':
        if (request.headers['content-type'] !== 'application/vnd.kurrent.events+json')
          return { status: 415 };
        settings.push(...(given as { data: unknown }[]).map((event) => event.data));
        return { status: 201 };
      default:
        return { status: 405 };
    }
  }

  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += String(chunk)));
      request.on('end', () => {
        const { status, body: said } = answer(request, body);
        response.writeHead(status).end(said === undefined ? '' : JSON.stringify(said));
      });
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => void server.close());
  beforeEach(() => {
    users = new Map(
      ['admin', 'ops'].map((name) => [name, { password: `${name}-secret`, groups: [] }]),
    );
    settings = [];
  });

  async function run(password: string, seeds = url): Promise<[number | null, string]> {
    const child = spawn(process.execPath, [join(ROOT, 'deploy/prepare-database.mjs')], {
      env: {
        KURRENTDB_SEEDS: seeds,
        KURRENTDB_ADMIN_PASSWORD: 'admin-secret',
        KURRENTDB_LEDGER_USER: 'fiscal',
        KURRENTDB_LEDGER_PASSWORD: password,
      },
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => (said += String(chunk)));
    return new Promise((resolve) => child.on('close', (code) => resolve([code, said])));
  }

  it('makes a user of no group who may write and read all, and change no metadata', async () => {
    expect(await run('secret')).toEqual([0, `prepare-database: fiscal is ready at ${url}\n`]);
    expect(users.get('fiscal')).toEqual({ password: 'secret', groups: [] });
    expect(settings).toEqual([
      {
        $userStreamAcl: { $r: 'fiscal', $w: 'fiscal', $d: 'fiscal', $mr: 'fiscal', $mw: '$admins' },
        $systemStreamAcl: expect.objectContaining({ $r: ['$admins', 'fiscal'], $w: '$admins' }),
      },
    ]);
  });

  it('takes over a new password and writes the same access list once', async () => {
    await run('secret');
    expect((await run('another'))[0]).toBe(0);
    expect(users.get('fiscal')!.password).toBe('another');
    expect(settings).toHaveLength(1);
  });

  it('goes on to the next seed where one does not answer', async () => {
    expect((await run('secret', `http://127.0.0.1:1,${url}`))[0]).toBe(0);
  });

  it.each(['admin', 'ops'])(
    'refuses a cluster where %s has the password of the vendor',
    async (name) => {
      users.set(name, { password: 'changeit', groups: [] });
      const [code, said] = await run('secret');
      expect([code, said]).toEqual([1, expect.stringContaining(`${name} still has the password`)]);
      expect(users.has('fiscal')).toBe(false);
    },
  );

  it('says which variable is missing', async () => {
    expect(await run('')).toEqual([1, 'prepare-database: KURRENTDB_LEDGER_PASSWORD is not set\n']);
  });
});
