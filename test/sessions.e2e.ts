import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Api, BOOK_URL, pay, type Answer } from './api.js';
import { commandLines } from './lusong.js';
import { cookieIn, csrfIn, logIn, PASSWORD, Person } from './office.js';

const UNIT = '430203-208001';
const MINUTE = 60_000;

let now = Date.parse('2026-03-02T08:00:00.000Z');
let api: Api;
let admin: Person;
beforeAll(async () => {
  api = await Api.start({ now: () => now });
  for (const line of commandLines) await api.postLine(line);
  admin = await Person.as(api, 'account-admin');
});
afterAll(() => api.stop());
// failures of one test must not slow down the next
afterEach(() => void (now += 2 * 60 * MINUTE));

const adminAgain = async () => (admin = await Person.in(api, admin.account));
const reads = (person: Person, headers: Record<string, string> = {}) =>
  person.ask(`${BOOK_URL}/measures/expenditure`, { headers });

describe('a session', () => {
  it('is a cookie that only this host gets, over TLS, and no page can read', async () => {
    const clerk = await Person.as(api, 'clerk', [UNIT]);
    const answer = await logIn(api, clerk.account.login, PASSWORD);
    const [cookie] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/^__Host-fiscal-session=[\w-]{43};/);
    for (const attribute of ['HttpOnly', 'Secure', 'SameSite=Strict', 'Path=/'])
      expect(cookie?.split('; ')).toContain(attribute);
    expect(cookie).not.toContain('Domain');
    const session = await clerk.ask('/api/v1/session');
    expect(session.headers.get('cache-control')).toBe('no-store');
    expect(session.body).toMatchObject({
      login: clerk.account.login,
      roles: [{ role: 'clerk', units: [UNIT] }],
      mustChangePassword: false,
    });
  });

  it('ends after 15 minutes without a request, and after 8 hours in any case', async () => {
    const idle = await Person.as(api, 'clerk', [UNIT]);
    now += 15 * MINUTE - 1;
    expect((await reads(idle)).status).toBe(200);
    now += 15 * MINUTE - 1;
    expect((await reads(idle)).status).toBe(200);
    now += 15 * MINUTE;
    expect((await reads(idle)).status).toBe(401);
    const busy = await Person.as(api, 'clerk', [UNIT]);
    const end = now + 8 * 60 * MINUTE;
    while (now + 14 * MINUTE < end) {
      now += 14 * MINUTE;
      expect((await reads(busy)).status).toBe(200);
    }
    now = end;
    expect((await reads(busy)).status).toBe(401);
  });
});

describe('a page that nobody is at', () => {
  it('reads on, but its session ends 15 minutes after the last request of a person', async () => {
    const away = await Person.as(api, 'clerk', [UNIT]);
    const alone = { 'Fiscal-Unattended': '1' };
    now += 10 * MINUTE;
    expect((await reads(away, alone)).status).toBe(200);
    now += 5 * MINUTE;
    expect((await reads(away, alone)).status).toBe(401);
  });
});

describe('what must not be accepted', () => {
  const accepted: string[] = [];
  let tried = 0;
  const mustFail = (name: string, { status, text }: Answer) => {
    tried++;
    if (status < 400) accepted.push(`${name}: ${status} ${text}`);
  };
  afterAll(() => {
    console.log(
      `sessions: ${tried} forged, replayed or cross-site requests, ${accepted.length} accepted`,
    );
  });

  it('a session that somebody else fixed is not the one after the login', async () => {
    const clerk = await Person.as(api, 'clerk', [UNIT]);
    const planted = { cookie: `__Host-fiscal-session=${'A'.repeat(43)}` };
    const answer = await logIn(api, clerk.account.login, PASSWORD, planted);
    expect(answer.status).toBe(201);
    expect(cookieIn(answer)).not.toBe(planted.cookie);
    mustFail('planted', await api.ask(`${BOOK_URL}/measures/expenditure`, { headers: planted }));
    // logging in again turns the old one off
    const again = await logIn(api, clerk.account.login, PASSWORD, { cookie: clerk.cookie });
    expect(cookieIn(again)).not.toBe(clerk.cookie);
    mustFail('before the login', await reads(clerk));
    // two cookies of the name: nobody knows which one the browser means
    const both = { cookie: `${planted.cookie}; ${cookieIn(again)}` };
    mustFail('two cookies', await api.ask(`${BOOK_URL}/measures/expenditure`, { headers: both }));
    expect(accepted).toEqual([]);
  });

  it('a session after logout, disabling, a new password or other duties', async () => {
    await adminAgain();
    const [out, gone, reset, moved] = await Promise.all(
      [1, 2, 3, 4].map(() => Person.as(api, 'clerk', [UNIT])),
    );
    const of = (person: Person | undefined, what: string) =>
      `/api/v1/accounts/${person!.account.id}/${what}`;
    expect((await out!.send('DELETE', '/api/v1/session')).status).toBe(204);
    mustFail('logged out', await reads(out!));
    expect((await admin.send('POST', of(gone, 'disabling'))).status).toBe(200);
    mustFail('disabled', await reads(gone!));
    mustFail('disabled login', await logIn(api, gone!.account.login, PASSWORD));
    expect((await admin.send('POST', of(gone, 'enabling'))).status).toBe(200);
    mustFail('from before the disabling', await reads(gone!));
    expect((await admin.send('POST', of(reset, 'password-resets'))).status).toBe(201);
    mustFail('reset', await reads(reset!));
    mustFail('old password', await logIn(api, reset!.account.login, PASSWORD));
    const grants = [{ role: 'clerk', units: ['430203-299009'] }];
    expect((await admin.send('PUT', of(moved, 'grants'), { grants })).status).toBe(200);
    mustFail('other duties', await reads(moved!));
    expect(accepted).toEqual([]);
  });

  it('tokens that were made up, also unsigned JSON web tokens', async () => {
    const none = [{ alg: 'none' }, { sub: admin.account.id, role: 'account-admin' }]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    for (const value of [`${none}.`, none, 'fiscal_', `fiscal_${'A'.repeat(43)}`, '', "' or 1=1"])
      for (const headers of [
        { authorization: `Bearer ${value}` },
        { authorization: `Basic ${value}` },
        { cookie: `__Host-fiscal-session=${value}` },
        // a token in the place of a session, and not beside one
        { authorization: `Bearer ${value}`, cookie: admin.cookie },
      ])
        mustFail(JSON.stringify(headers), await api.ask('/api/v1/accounts', { headers }));
    expect(accepted).toEqual([]);
  });

  it('what a page of another site makes the browser send', async () => {
    const clerk = await Person.as(api, 'clerk', [UNIT]);
    const body = JSON.stringify(pay());
    const json = { 'content-type': 'application/json', cookie: clerk.cookie };
    const size = await api.ledger.store.size();
    const attacks: Record<string, string>[] = [
      {},
      { 'x-csrf-token': '' },
      { 'x-csrf-token': 'A'.repeat(43) },
      { 'x-csrf-token': csrfIn(await logIn(api, clerk.account.login, PASSWORD)) },
      { 'x-csrf-token': clerk.csrf, 'sec-fetch-site': 'cross-site' },
      { 'x-csrf-token': clerk.csrf, 'sec-fetch-site': 'same-site' },
      { 'x-csrf-token': clerk.csrf, origin: 'https://evil.example' },
      { 'x-csrf-token': clerk.csrf, origin: 'null' },
    ];
    for (const [i, attack] of attacks.entries()) {
      const headers = { ...json, 'idempotency-key': `csrf-${i}`, ...attack };
      const answer = await api.ask(`${BOOK_URL}/payments`, { method: 'POST', headers, body });
      expect([attack, answer.body.code]).toEqual([attack, 'csrf']);
      mustFail(`csrf ${i}`, answer);
    }
    // a login that somebody else's page begins, with its own account
    for (const [name, value] of [
      ['sec-fetch-site', 'cross-site'],
      ['origin', 'https://evil.example'],
    ] as const)
      mustFail(name, await logIn(api, clerk.account.login, PASSWORD, { [name]: value }));
    expect(await api.ledger.store.size()).toBe(size);
    expect(accepted).toEqual([]);
  });
});

describe('a login', () => {
  it('says the same of an unknown login as of a wrong password, and takes as long', async () => {
    const times: Record<string, number[]> = { known: [], unknown: [] };
    for (let i = 0; i < 4; i++) {
      const { account } = await Person.as(api, 'clerk', [UNIT]);
      for (const [kind, login] of [
        ['known', account.login],
        ['unknown', `nobody-${i}`],
      ] as const) {
        const start = performance.now();
        const answer = await logIn(api, login, 'wrong horse battery');
        times[kind]!.push(performance.now() - start);
        expect(answer).toMatchObject({ status: 401, body: { code: 'login-failed' } });
        expect(answer.text).not.toContain(login);
      }
    }
    const [known, unknown] = ['known', 'unknown'].map((kind) => Math.min(...times[kind]!));
    // planted bug: no hash is computed for a login that there is not, and the answer takes 1 ms
    expect(unknown! / known!).toBeGreaterThan(0.5);
  });

  it('waits longer after each failure, is counted over all of them at once, and forgets in time', async () => {
    const { account } = await Person.as(api, 'clerk', [UNIT]);
    const wrong = () => logIn(api, account.login, 'wrong horse battery');
    const first = await Promise.all(Array.from({ length: 8 }, wrong));
    const statuses = first.map(({ status }) => status).sort();
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429, 429]);
    const blocked = await logIn(api, account.login, PASSWORD);
    expect(blocked).toMatchObject({ status: 429, body: { code: 'too-many-attempts' } });
    const wait = Number(blocked.headers.get('retry-after'));
    expect(wait).toBeGreaterThanOrEqual(1);
    now += wait * 1000;
    expect((await wrong()).status).toBe(401);
    expect(Number((await wrong()).headers.get('retry-after'))).toBeGreaterThan(wait);
    now += MINUTE;
    expect((await logIn(api, account.login, PASSWORD)).status).toBe(201);
  });

  it('of many names from one address is slowed down as well', async () => {
    let asked = 0;
    for (; asked < 40; asked++)
      if ((await logIn(api, `name-${asked}`, 'wrong horse battery')).status === 429) break;
    expect(asked).toBe(20);
  });
});

describe('a password', () => {
  it.each([
    ['short', 'short-enough'.slice(0, 11)],
    ['of one character', 'a'.repeat(20)],
    ['that is a run', 'abcdefghijklm'],
    ['with the login in it', 'LOGIN-x-and-more'],
  ])('%s is refused', async (_, password) => {
    await adminAgain();
    const body = { login: 'login-x', name: '某人', password };
    const answer = await admin.send('POST', '/api/v1/accounts', body);
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid-password' } });
  });

  it('that was given out lets one set one of one’s own, and nothing else', async () => {
    await adminAgain();
    const opened = await admin.send('POST', '/api/v1/accounts', {
      login: 'newcomer',
      name: '新人',
    });
    const oneTime = String(opened.body['oneTimePassword']);
    const id = String(opened.body['account']);
    const grants = [{ role: 'clerk', units: [UNIT] }];
    expect((await admin.send('PUT', `/api/v1/accounts/${id}/grants`, { grants })).status).toBe(200);
    const answer = await logIn(api, 'newcomer', oneTime);
    expect(answer.body).toMatchObject({ mustChangePassword: true, name: '新人' });
    const headers = { cookie: cookieIn(answer), 'x-csrf-token': csrfIn(answer) };
    const read = () => api.ask(`${BOOK_URL}/measures/expenditure`, { headers });
    expect(await read()).toMatchObject({ status: 403, body: { code: 'password-change-required' } });
    const change = (current: string) =>
      api.ask('/api/v1/session/password', {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify({ current, password: PASSWORD }),
      });
    expect(await change('wrong horse')).toMatchObject({ status: 401 });
    expect((await change(oneTime)).status).toBe(204);
    expect((await read()).status).toBe(200);
    expect((await logIn(api, 'newcomer', oneTime)).status).toBe(401);
    expect((await logIn(api, 'newcomer', PASSWORD)).body['mustChangePassword']).toBe(false);
  });

  it('that was given out is good for three days', async () => {
    await adminAgain();
    const body = { login: 'late', name: '迟到' };
    const opened = await admin.send('POST', '/api/v1/accounts', body);
    now += 72 * 60 * MINUTE;
    const answer = await logIn(api, 'late', String(opened.body['oneTimePassword']));
    expect(answer.status).toBe(401);
  });
});

describe('a token for scripts', () => {
  const issue = async (clerk: Person, more: object = {}) => {
    await adminAgain();
    return admin.send('POST', `/api/v1/accounts/${clerk.account.id}/tokens`, {
      name: 'nightly',
      role: 'clerk',
      units: [UNIT],
      expiresAt: new Date(now + 60 * MINUTE).toISOString(),
      ...more,
    });
  };
  const use = ({ body }: Answer, method = 'GET') =>
    api.ask(`${BOOK_URL}/${method === 'GET' ? 'measures/expenditure' : 'payments'}`, {
      method,
      headers: {
        authorization: `Bearer ${String(body['token'])}`,
        'content-type': 'application/json',
        'idempotency-key': `token-${String(body['id'])}`,
      },
      ...(method === 'POST' && { body: JSON.stringify(pay({ amount: '0.01' })) }),
    });

  it('acts for its account until its end, and needs no CSRF token', async () => {
    const clerk = await Person.as(api, 'clerk', [UNIT]);
    const token = await issue(clerk);
    expect(token.status).toBe(201);
    expect((await use(token)).status).toBe(200);
    // the year of the worked case is closed: it got as far as the book
    expect(await use(token, 'POST')).toMatchObject({ body: { code: 'year-closed' } });
    now += 60 * MINUTE;
    expect((await use(token)).status).toBe(401);
  });

  it('has no duty that its account has not, now or later', async () => {
    const clerk = await Person.as(api, 'clerk', [UNIT]);
    expect(await issue(clerk, { role: 'auditor' })).toMatchObject({
      status: 422,
      body: { code: 'invalid-account' },
    });
    const wide = await issue(clerk, { units: '*' });
    const elsewhere = await api.ask('/api/v1/books/430203-299009/2023/events', {
      headers: { authorization: `Bearer ${String(wide.body['token'])}` },
    });
    expect(elsewhere).toMatchObject({ status: 404, body: { code: 'unknown-book' } });
    const grants = [{ role: 'reviewer', units: [UNIT] }];
    await admin.send('PUT', `/api/v1/accounts/${clerk.account.id}/grants`, { grants });
    expect((await use(wide)).status).toBe(404);
  });

  it('ends when it is revoked', async () => {
    const clerk = await Person.as(api, 'clerk', [UNIT]);
    const token = await issue(clerk);
    const path = `/api/v1/accounts/${clerk.account.id}/tokens/${String(token.body['id'])}`;
    expect((await admin.send('DELETE', path)).status).toBe(204);
    expect((await use(token)).status).toBe(401);
    expect(await admin.send('DELETE', path)).toMatchObject({ body: { code: 'unknown-token' } });
  });
});
