import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { coversUnit, ROLES, type Grant, type Role } from '#domain';
import { DUTIES, type Duty } from '../apps/api/src/access/duties.js';
import { Gate, type GuardedRoute } from '../apps/api/src/access/gate.js';
import { Api } from './api.js';
import { commandLines } from './lusong.js';
import { Person } from './office.js';

/**
 * Who may do what: every route, by every role, about every kind of unit, in every spelling of the address.
 * Seen to fail: 48 answers with a judge that forgets the units of a fitting role, 156 with a gate that lets HEAD
 * through.
 */
const OWN = '430203-208001';
const UNITS = { own: OWN, sibling: '430203-208002', parent: '430203', other: '430204-208001' };
const BUSINESS: readonly Role[] = ['clerk', 'reviewer', 'auditor', 'viewer'];

/** What one needs no account for; written down here, so that none is added in passing. */
const PUBLIC = [
  'GET /api/openapi.json',
  ...['', '/api/v1'].flatMap((at) => [`GET ${at}/health/live`, `GET ${at}/health/ready`]),
  'GET /api/v1/session',
  'GET /api/v1/session/oidc',
  'GET /api/v1/session/oidc/:issuer/callback',
  'GET /api/v1/session/oidc/:issuer/login',
  'POST /api/v1/session',
  'POST /api/v1/setup',
];

interface Asker {
  readonly name: string;
  readonly grants: readonly Grant[];
  readonly person: Person;
}

interface Said {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
}

const GATE_CODES = ['not-authenticated', 'forbidden', 'csrf', 'unknown-book', 'not-found'];
const isAllowed = ({ code }: Said): boolean => !GATE_CODES.includes(code);

let api: Api;
let routes: readonly GuardedRoute[];
let askers: readonly Asker[];
let requests = 0;

beforeAll(async () => {
  api = await Api.start();
  // books of the other units, which are really there
  for (const line of commandLines) {
    const command = JSON.parse(line) as Record<string, unknown>;
    await api.postLine(line);
    if (command['command'] === 'open-book')
      for (const unit of [UNITS.sibling, UNITS.parent, UNITS.other])
        await api.post('/api/v1/books', `open-${unit}`, {
          ...Object.fromEntries(Object.entries(command).filter(([k]) => !/^(id|command)$/.test(k))),
          unit,
        });
  }
  routes = api.app.get(Gate).routes.filter(({ methods }) => !methods.includes('HEAD'));
  const all = Object.keys(ROLES) as Role[];
  const own = [OWN];
  const each: readonly (readonly Grant[])[] = [
    ...all.map((role) => [{ role, units: BUSINESS.includes(role) ? own : ('*' as const) }]),
    [{ role: 'auditor', units: '*' }],
    // a duty for one unit is none for another
    [
      { role: 'clerk', units: own },
      { role: 'viewer', units: [UNITS.sibling] },
    ],
    [
      { role: 'reviewer', units: [UNITS.other] },
      { role: 'auditor', units: own },
    ],
  ];
  askers = await Promise.all(
    each.map(async (grants) => ({
      grants,
      name: grants.map(({ role, units }) => `${role} of ${String(units)}`).join(' + '),
      person: await Person.with(api, ...grants),
    })),
  );
});
afterAll(async () => {
  console.log(`duties: ${requests} requests to ${routes.length} routes by ${askers.length} askers`);
  await api.stop();
});

/** Sends a request with the headers given and a body that no posting has; a stream is not waited for. */
async function send(
  method: string,
  path: string,
  headers: Record<string, string>,
  body: object = {},
): Promise<Said> {
  requests++;
  const hasBody = ['POST', 'PUT'].includes(method);
  const response = await fetch(api.url + path, {
    method,
    redirect: 'manual',
    headers: {
      ...headers,
      ...(hasBody && { 'content-type': 'application/json', 'idempotency-key': 'duties' }),
    },
    ...(hasBody && { body: JSON.stringify(body) }),
  });
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json');
  if (!isProblem) await response.body?.cancel();
  const problem = isProblem && method !== 'HEAD' ? ((await response.json()) as Said) : undefined;
  return { status: response.status, code: problem?.code ?? '', detail: problem?.detail ?? '' };
}

const fill = (url: string, unit: string): string =>
  url.replace(':unit', unit).replace(':year', '2023').replace(/:\w+/g, 'x');
const label = ({ methods, url }: GuardedRoute): string => `${methods[0]} ${url}`;
/** A rehearsal is asked with a body, and stores nothing (app-reads.e2e.ts). */
const isChange = ({ methods, policy }: GuardedRoute): boolean =>
  methods[0] !== 'GET' && policy.duty !== 'rehearse-closing';
const dutyOf = ({ policy }: GuardedRoute): Duty => DUTIES[policy.duty];
const bodyFor = (route: GuardedRoute, unit: string) =>
  dutyOf(route).unit === 'body' ? { unit, fiscalYear: 2023 } : {};

/** What must come back, read off the table of duties. */
function wanted(route: GuardedRoute, { grants }: Asker, unit: string): string {
  const duty = dutyOf(route);
  const roles = duty.roles as readonly Role[];
  const about = grants.filter(({ units }) => coversUnit(units, unit));
  const has = (some: readonly Grant[]) => some.some(({ role }) => roles.includes(role));
  switch (duty.unit) {
    case 'address':
    case 'body':
      if (has(about)) return 'allowed';
      return about.some(({ role }) => BUSINESS.includes(role)) ? 'forbidden' : 'unknown-book';
    case 'all':
      return has(grants.filter(({ units }) => units === '*')) ? 'allowed' : 'forbidden';
    default:
      return has(grants) ? 'allowed' : 'forbidden';
  }
}

const guarded = () => routes.filter((r) => !['public', 'session'].includes(r.policy.duty));

describe('every route', () => {
  it('without an account is refused, but for those of this list', async () => {
    const open = routes.filter(({ policy }) => policy.duty === 'public').map(label);
    expect([...new Set(open)].sort()).toEqual([...PUBLIC].sort());
    for (const route of routes.filter(({ policy }) => policy.duty !== 'public')) {
      const path = fill(route.url, OWN);
      for (const method of [...route.methods, ...(route.methods[0] === 'GET' ? ['HEAD'] : [])]) {
        const { status, code } = await send(method, path, {}, bodyFor(route, OWN));
        expect([method, path, status, code || 'not-authenticated']).toEqual([
          method,
          path,
          401,
          'not-authenticated',
        ]);
      }
    }
  });

  it('answers each role about each unit as the table says, however the address is written', async () => {
    const wrong: string[] = [];
    const denied = async () =>
      (await api.access.log.read({ from: 0, limit: 100_000, outcome: 'denied' })).entries.filter(
        ({ account }) => account !== null,
      ).length;
    let denials = 0;
    let compared = 0;
    for (const asker of askers)
      for (const route of guarded())
        for (const [kind, unit] of Object.entries(UNITS)) {
          if (kind !== 'own' && !['address', 'body'].includes(dutyOf(route).unit)) continue;
          const expected = wanted(route, asker, unit);
          const path = fill(route.url, unit);
          const encoded = path
            .replace(`/${unit}/`, `/%34${unit.slice(1)}/`)
            .replace(/[a-z](?=\w*$)/, (c) => `%${c.charCodeAt(0).toString(16)}`);
          const [method = ''] = route.methods;
          const { headers } = asker.person;
          const body = bodyFor(route, unit);
          const check = (spelling: string, said: Said, want = expected) => {
            compared++;
            if (!isAllowed(said) && said.code !== 'not-found') denials++;
            const got = isAllowed(said) ? 'allowed' : said.code;
            if (got !== want)
              wrong.push(`${asker.name}: ${method} ${spelling} → ${got} ${said.status}, ${want}`);
          };
          check(path, await send(method, path, headers, body));
          check(encoded, await send(method, encoded, headers, body));
          if (method === 'GET') {
            const { status } = await send('HEAD', path, headers);
            const code = { 401: 'not-authenticated', 403: 'forbidden' }[status] ?? '';
            const hidden = status === 404 && expected === 'unknown-book';
            check(`HEAD ${path}`, { status, code: hidden ? 'unknown-book' : code, detail: '' });
          }
          // no address, or that of an entry without a name, which is denied like any other entry
          const slashed = await send(method, `${path}/`, headers, body);
          const same = expected !== 'allowed' && slashed.code === expected;
          check(`${path}/`, slashed, same ? expected : 'not-found');
        }
    console.log(`duties: ${compared} answers compared, ${wrong.length} not as the table says`);
    expect(wrong).toEqual([]);
    expect(compared).toBeGreaterThan(2000);
    // each of these denials is in the access log, and nothing else
    expect(await denied()).toBe(denials);
  }, 120_000);

  it('says of a unit out of scope what it says of one that there is not', async () => {
    const clerk = askers.find(({ name }) => name === `clerk of ${OWN}`)!.person;
    for (const route of guarded().filter((r) => ['address', 'body'].includes(dutyOf(r).unit))) {
      const [method = ''] = route.methods;
      const [there, nowhere] = await Promise.all(
        [UNITS.sibling, '999999-999999'].map(async (unit) => {
          const said = await send(
            method,
            fill(route.url, unit),
            clerk.headers,
            bodyFor(route, unit),
          );
          return { ...said, detail: said.detail.replaceAll(unit, 'UNIT') };
        }),
      );
      expect(there).toEqual(nowhere);
      expect(there).toMatchObject({ status: 404, code: 'unknown-book' });
    }
  });
});

describe('the table', () => {
  const routesOf = (role: Role) =>
    guarded().filter((route) => (dutyOf(route).roles as readonly Role[]).includes(role));

  it.each(['auditor', 'viewer', 'log-admin'] as const)('lets a %s change nothing', (role) => {
    const changing = routesOf(role).filter(isChange);
    expect(changing.map(label)).toEqual([]);
  });

  it('lets nobody both propose and approve by one role', () => {
    const approving = routesOf('reviewer').filter(isChange);
    for (const route of approving) expect(route.policy.duty).toBe('review');
    expect(routesOf('clerk').map(({ policy }) => policy.duty)).not.toContain('review');
  });

  it('keeps raw events and the log from report viewers', () => {
    const seen = routesOf('viewer').map(label);
    expect(seen.filter((route) => /\/(events|replay|entries|proposals)(\/|$)/.test(route))).toEqual(
      [],
    );
  });

  it('lets no administrator post, review or read a book', () => {
    for (const role of ['account-admin', 'system-admin', 'log-admin'] as const)
      for (const route of routesOf(role)) {
        expect(['read-figures', 'read-events', 'post', 'propose', 'review']).not.toContain(
          route.policy.duty,
        );
      }
  });
});

it('the server does not start with a route that has no policy', async () => {
  @Controller('api/forgotten')
  class Forgotten {
    @Get() answer() {
      return 'whatever';
    }
  }
  @Module({ controllers: [Forgotten] })
  class WithForgotten {}
  const adapter = new FastifyAdapter();
  new Gate(api.access).guard(adapter.getInstance());
  const app = await NestFactory.create<NestFastifyApplication>(WithForgotten, adapter, {
    logger: false,
    abortOnError: false,
  });
  await expect(app.init()).rejects.toThrow('/api/forgotten has no policy');
  await app.close();
});
