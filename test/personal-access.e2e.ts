import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { Api, BOOK_URL } from './api.js';
import { commandLines } from './lusong.js';
import { cookieIn, Person } from './office.js';

/** What each role is shown of a book, and what is noted of it. */
const UNIT = '430203-208001';
const OTHER = '430203-299001';
const payees = commandLines
  .map((line) => (JSON.parse(line) as { payee?: string }).payee)
  .filter((payee) => payee !== undefined);

/** The body that opens the book of the worked case. */
const opening = Object.fromEntries(
  Object.entries(JSON.parse(commandLines[0]!) as object).filter(
    ([name]) => !['command', 'id'].includes(name),
  ),
);

let api: Api;
let clerk: Person;
let viewer: Person;
let auditor: Person;
let logAdmin: Person;
beforeAll(async () => {
  api = await Api.start();
  for (const line of commandLines) await api.postLine(line);
  await api.post('/api/v1/books', 'other', { ...opening, unit: OTHER });
  [clerk, viewer, auditor, logAdmin] = await Promise.all([
    Person.as(api, 'clerk', [UNIT]),
    Person.as(api, 'viewer', [UNIT]),
    Person.as(api, 'auditor', [UNIT]),
    Person.as(api, 'log-admin'),
  ]);
});
afterAll(() => api.stop());

const noted = async () => {
  const { body } = await logAdmin.ask('/api/v1/access-log?from=0');
  return body['entries'] as Record<string, unknown>[];
};

describe('the payments register', () => {
  it('names payees to who works on the book, and notes who read them', async () => {
    const { text } = await clerk.ask(`${BOOK_URL}/reports/payments`);
    for (const payee of payees) expect(text).toContain(payee);
    expect((await noted()).at(-1)).toMatchObject({
      account: clerk.account.id,
      person: clerk.account.person,
      role: 'clerk',
      outcome: 'allowed',
      route: '/api/v1/books/:unit/:year/reports/:report',
      target: `${BOOK_URL}/reports/payments`,
    });
  });

  it.each(['?format=json', '?format=csv', '?format=html', '?format=text', '?lang=en'])(
    'names nobody to a report viewer (%s)',
    async (query) => {
      const before = (await noted()).length;
      const { status, text } = await viewer.ask(`${BOOK_URL}/reports/payments${query}`);
      expect(status).toBe(200);
      for (const payee of payees) expect(text).not.toContain(payee);
      expect(text).toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-4/);
      expect((await noted()).length).toBe(before);
    },
  );

  it('names nobody in a comparison or a cell, nor are raw events shown there', async () => {
    const diff = await viewer.ask(`${BOOK_URL}/reports/payments/diff?at=1&at=44`);
    const events = await clerk.ask(`${BOOK_URL}/events`);
    const payment = (events.body['events'] as { index: number; type: string }[]).find(
      ({ type }) => type === 'PaymentMade',
    )!;
    const cell = await viewer.ask(`${BOOK_URL}/reports/payments/cells/${payment.index}/party`);
    expect([diff.status, cell.status]).toEqual([200, 200]);
    expect(cell.body).toMatchObject({ indices: [payment.index], events: [] });
    for (const { text } of [diff, cell])
      for (const payee of payees) expect(text).not.toContain(payee);
  });
});

describe('the log', () => {
  it('gives an auditor of one unit the others’ events as hashes, which yield the same root', async () => {
    const { body } = await auditor.ask('/api/v1/log/entries');
    const entries = body['entries'] as { envelope?: string; leaf?: string }[];
    const leaves = entries.map(({ envelope, leaf }) =>
      envelope === undefined
        ? Buffer.from(leaf!, 'hex')
        : createHash('sha256').update(`\0${envelope}`).digest(),
    );
    const proof = await auditor.ask(`/api/v1/log/proofs/inclusion?index=0&size=${leaves.length}`, {
      headers: { 'ledger-position': String(leaves.length) },
    });
    expect(rootOf(leaves).toString('hex')).toBe(proof.body['root']);
    // the book of another unit, and the accounts
    expect(entries.filter(({ envelope }) => envelope === undefined).length).toBeGreaterThan(1);
    expect(JSON.stringify(entries)).not.toContain(OTHER);
    expect(JSON.stringify(entries)).not.toContain('AccountOpened');
  });
});

describe('the access log', () => {
  it('has every denial with who, what and why', async () => {
    await viewer.ask(`${BOOK_URL}/events`);
    await viewer.ask(`/api/v1/books/${OTHER}/2023/reports/annex-3?secret=x`);
    const [forbidden, hidden] = (await noted()).slice(-2);
    const who = { account: viewer.account.id, role: 'viewer', outcome: 'denied', method: 'GET' };
    expect(forbidden).toMatchObject({ ...who, reason: 'forbidden' });
    expect(hidden).toMatchObject({
      ...who,
      reason: 'unknown-book',
      target: `/api/v1/books/${OTHER}/2023/reports/annex-3`,
    });
  });

  it('is asked by account, outcome and from where on, page by page', async () => {
    const ask = async (query: string) => (await logAdmin.ask(`/api/v1/access-log?${query}`)).body;
    const all = (await ask('from=0'))['entries'] as { index: number; account: string }[];
    const own = all.filter(({ account }) => account === viewer.account.id);
    const account = `account=${viewer.account.id}`;
    const first = await ask(`from=0&limit=1&${account}`);
    expect(first['entries']).toEqual(own.slice(0, 1));
    const second = await ask(`from=${String(first['next'])}&limit=1000&${account}`);
    expect(second['entries']).toEqual(own.slice(1));
    expect((await ask('limit=1'))['entries']).toEqual(all.slice(-1));
    expect(await ask('outcome=maybe')).toMatchObject({ code: 'invalid-query' });
    expect(await ask('outcome=allowed&from=0')).not.toMatchObject({ entries: [] });
  });

  it('has no checkpoint while nobody signs', async () => {
    const answer = await logAdmin.ask('/api/v1/access-log/checkpoint');
    expect(answer).toMatchObject({ status: 404, body: { code: 'no-checkpoint' } });
  });
});

describe('where there are accounts', () => {
  it('who posts is who is logged in, whatever a header says', async () => {
    const body = { date: '2023-12-31', name: 'headcount', value: '1' };
    for (const header of ['x-actor', 'x-approved-by'])
      expect(
        await clerk.send('POST', `${BOOK_URL}/statistics`, body, { [header]: 'somebody' }),
      ).toMatchObject({ status: 400, body: { code: 'invalid-header' } });
    const next = { ...opening, fiscalYear: 2024, date: '2024-01-01' };
    const opened = await clerk.send('POST', '/api/v1/books', next);
    expect(opened).toMatchObject({ status: 201, body: { actor: clerk.account.person } });
  });
});

it('the first account is made by the printed link, once, and from then on one logs in', async () => {
  const empty = await Api.start();
  const setUp = (token: string, more: object = {}) =>
    empty.ask('/api/v1/setup', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        token,
        login: 'admin',
        name: '管理',
        password: 'a-good-long-one',
        ...more,
      }),
    });
  expect((await empty.ask('/api/v1/session')).body).toEqual({ open: true, setup: false });
  const old = await empty.access.newSetupLink();
  const token = await empty.access.newSetupLink();
  expect((await empty.ask('/api/v1/session')).body).toEqual({ open: true, setup: true });
  expect((await empty.ask('/api/v1/accounts')).status).toBe(401);
  expect(await setUp(old)).toMatchObject({ status: 403, body: { code: 'setup-refused' } });
  expect(await setUp(token, { password: 'short' })).toMatchObject({
    status: 422,
    body: { code: 'invalid-password' },
  });
  const answers = await Promise.all([setUp(token), setUp(token, { login: 'other' })]);
  const statuses = answers.map(({ status }) => status).sort();
  expect(statuses).toEqual([201, 409]);
  const made = answers.find(({ status }) => status === 201)!;
  expect(made.body).toMatchObject({ roles: [{ role: 'account-admin', units: '*' }] });
  expect(cookieIn(made)).not.toBe('');
  expect(await setUp(token)).toMatchObject({ status: 409, body: { code: 'setup-done' } });
  expect((await empty.ask('/api/v1/session')).status).toBe(401);
  await empty.stop();
});

/** RFC 9162's root, as short as it can be said. */
function rootOf(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 1) return leaves[0]!;
  const split = 2 ** Math.floor(Math.log2(leaves.length - 1));
  const sides = [leaves.slice(0, split), leaves.slice(split)].map(rootOf);
  return createHash('sha256')
    .update(Buffer.from([1]))
    .update(Buffer.concat(sides))
    .digest();
}
