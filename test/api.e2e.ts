import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Ledger } from '#projections';
import { createApi } from '../apps/api/src/create-api.js';
import { POSTINGS } from '../apps/api/src/books/postings.js';
import { commandLines, printedFigures } from './lusong.js';

const BOOK = '/api/v1/books/430203-208001/2023';
const SEGMENT_OF = new Map<string, string>(Object.entries(POSTINGS).map(([s, c]) => [c, s]));

let ledger: Ledger;
let app: NestFastifyApplication;
let url: string;
let stop: () => void;

beforeAll(async () => {
  ledger = await Ledger.open();
  stop = ledger.follow((error) => {
    throw error;
  });
  app = await createApi(ledger, { logger: false });
  await app.listen(0, '127.0.0.1');
  url = await app.getUrl();
});
afterAll(async () => {
  stop();
  await app.close();
  await ledger.close();
});

interface Answer {
  status: number;
  headers: Headers;
  text: string;
  body: Record<string, unknown> & { code?: string; detail?: string };
}
async function ask(path: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url + path, init);
  const text = await response.text();
  const json = response.headers.get('content-type')?.includes('json');
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: (json ? JSON.parse(text) : {}) as Answer['body'],
  };
}
const post = (path: string, key: string, body: unknown, headers: Record<string, string> = {}) =>
  ask(path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'idempotency-key': key,
      'x-actor': 'clerk',
      ...headers,
    },
    body:
      typeof body === 'string' || body instanceof Uint8Array
        ? (body as string)
        : JSON.stringify(body),
  });

async function postLine(line: string): Promise<Answer> {
  const { command, id, unit, fiscalYear, ...body } = JSON.parse(line) as Record<string, unknown>;
  return command === 'open-book'
    ? post('/api/v1/books', String(id), { ...body, unit, fiscalYear })
    : post(`${BOOK}/${SEGMENT_OF.get(String(command))}`, String(id), body);
}

const pay = (more: object = {}) => ({
  date: '2023-11-12',
  payee: '甲',
  lines: [
    {
      project: 'GL',
      fund: 'general-public-budget',
      origin: 'current',
      economic: '30299',
      amount: '1.00',
      ...more,
    },
  ],
});

describe('the year over HTTP', () => {
  it('takes the book of 2023 up to its payments, and says where each event stands', async () => {
    for (const [i, line] of commandLines.slice(0, 21).entries()) {
      const { status, headers, body } = await postLine(line);
      expect([i, status]).toEqual([i, 201]);
      expect(headers.get('etag')).toBe(`"${i}"`);
      expect(headers.get('ledger-position')).toBe(String(i + 1));
      expect(body).toMatchObject({ index: i, revision: i, actor: 'clerk' });
      const located = await ask(headers.get('location')!, {
        headers: { 'ledger-position': String(i + 1) },
      });
      expect(located.body['events']).toMatchObject([{ index: i, id: body['id'] }]);
    }
  });

  it('gives the same key the same answer, byte for byte, and another content a refusal', async () => {
    const first = await postLine(commandLines[20]!);
    const again = await postLine(commandLines[20]!);
    expect(again.text).toBe(first.text);
    const other = await postLine(commandLines[20]!.replace('2111400.00', '2111399.00'));
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency-mismatch' } });
    expect(await ledger.store.size()).toBe(21);
  });

  const refusals: readonly [string, object, string, string][] = [
    ['an amount as a number', pay({ amount: 1.5 }), 'invalid-amount', '1.5'],
    ['three decimals', pay({ amount: '1.005' }), 'invalid-amount', '1.005'],
    ['an unknown project', pay({ project: 'ZZ' }), 'unknown-project', 'ZZ'],
    ['an unknown economic code', pay({ economic: '1' }), 'unknown-economic', '"1"'],
    ['one fen too much', pay({ amount: '265100.01' }), 'insufficient-budget', '265100.00'],
    ['a field that is not known', { ...pay(), memo: 'x' }, 'unknown-field', 'memo'],
    ['a body that names its own command', { ...pay(), command: 'x' }, 'invalid-command', 'command'],
  ];
  it.each(refusals)('refuses %s with its word', async (_, body, code, says) => {
    const size = await ledger.store.size();
    const answer = await post(`${BOOK}/payments`, 'bad', body);
    expect(answer).toMatchObject({ status: 422, body: { code } });
    expect(answer.body.detail).toContain(says);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(await ledger.store.size()).toBe(size);
  });

  it('holds If-Match, and wants a key and an actor', async () => {
    const stale = await post(`${BOOK}/payments`, 'm', pay(), { 'if-match': '"3"' });
    expect(stale).toMatchObject({ status: 412, body: { code: 'precondition-failed' } });
    const weak = await post(`${BOOK}/payments`, 'm', pay(), { 'if-match': '3' });
    expect(weak).toMatchObject({ status: 400, body: { code: 'invalid-header' } });
    const keyless = await post(`${BOOK}/payments`, '', pay());
    expect(keyless).toMatchObject({ status: 400, body: { code: 'idempotency-key-required' } });
    const nobody = await post(`${BOOK}/payments`, 'm', pay(), { 'x-actor': '' });
    expect(nobody).toMatchObject({ status: 400, body: { code: 'invalid-header' } });
  });

  it('takes the rest of the year and the close, and then no payment any more', async () => {
    for (const line of commandLines.slice(21)) expect((await postLine(line)).status).toBe(201);
    const late = await post(`${BOOK}/payments`, 'late', pay());
    expect(late).toMatchObject({ status: 409, body: { code: 'year-closed' } });
  });
});

describe('questions', () => {
  const at = { headers: { 'ledger-position': '44' } };

  it.each(printedFigures)('$where: $measure is $printed', async (figure) => {
    const query = new URLSearchParams(
      Object.entries(figure.scope).map(([k, v]): [string, string] => [k, String(v)]),
    );
    const { status, body } = await ask(
      `${BOOK}/measures/${figure.measure}?${query.toString()}`,
      at,
    );
    expect(status).toBe(200);
    const expected = figure.reproducible === false ? figure.ledger : figure.printed;
    expect(Number(body['tenThousand'] ?? body['percent'] ?? body['score'])).toBe(Number(expected));
  });

  it('gives reports in every format, as of a moment, and cells with their events', async () => {
    const annex = await ask(`${BOOK}/reports/annex-3`, at);
    expect(annex.body).toMatchObject({ report: 'annex-3', logSize: 44 });
    for (const format of ['text', 'csv', 'html'])
      expect((await ask(`${BOOK}/reports/execution?format=${format}`)).text).toContain('1828.14');
    const before = await ask(`${BOOK}/measures/fullYearBudget?knownAt=9`);
    expect(before.body).toMatchObject({ exact: '23859340.00', logSize: 9 });
    const cell = await ask(`${BOOK}/reports/execution/cells/YF/expenditure`);
    expect(cell.body).toMatchObject({ exact: '18281400.00', indices: [12, 14, 23] });
    const register = await ask(`${BOOK}/reports/payments`);
    expect(register.body).toMatchObject({ report: 'payments' });
  });

  it('gives the log as it is hashed, page by page', async () => {
    const page = await ask('/api/v1/log/entries?from=0&limit=2');
    expect(page.body).toMatchObject({ entries: [{ index: 0 }, { index: 1 }], next: 2 });
  });

  it('waits for a position, and says when it takes too long', async () => {
    const ahead = await ask(`${BOOK}/measures/expenditure`, {
      headers: { 'ledger-position': '45' },
    });
    expect(ahead).toMatchObject({ status: 503, body: { code: 'projection-behind' } });
    expect(ahead.headers.get('retry-after')).toBe('1');
  });
});

describe('the edge', () => {
  it('describes every posting', async () => {
    const { body } = await ask('/api/openapi.json');
    const paths = Object.keys(body['paths'] as object);
    for (const segment of Object.keys(POSTINGS))
      expect(paths).toContain(`/api/v1/books/{unit}/{year}/${segment}`);
  });

  it('says how it is', async () => {
    expect(await ask('/health/live')).toMatchObject({ status: 200 });
    expect(await ask('/health/ready')).toMatchObject({ status: 200, body: { logSize: 44 } });
    expect((await ask('/metrics')).text).toContain('fiscal_log_events 44');
  });

  const nonsense: readonly [string, string | Uint8Array, number, string][] = [
    ['a key twice', '{"date":"2023-01-01","date":"2023-01-02"}', 400, 'invalid-json'],
    ['__proto__', '{"__proto__":{"x":1}}', 400, 'invalid-json'],
    ['half a body', '{"date":', 400, 'invalid-json'],
    ['1e400', '{"amount":1e400}', 400, 'invalid-json'],
    ['no UTF-8', new Uint8Array([0x7b, 0xff, 0x7d]), 400, 'invalid-encoding'],
    ['a list', '[]', 422, 'invalid-command'],
    ['null', 'null', 422, 'invalid-command'],
    ['two megabytes', `{"payee":"${'x'.repeat(2 << 20)}"}`, 413, 'payload-too-large'],
  ];
  it.each(nonsense)('answers %s with a problem', async (_, body, status, code) => {
    const answer = await post(`${BOOK}/payments`, 'n', body);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it.each([
    ['/api/v1/nothing', 404],
    ['/api/v1/books/430203-208001/2022/reports/annex-3', 404],
    ['/api/v1/books/430203-208001/year/reports/annex-3', 404],
    [`${BOOK}/reports/balance`, 404],
    [`${BOOK}/measures/balance`, 404],
    [`${BOOK}/reports/execution/cells/ZZ/expenditure`, 404],
    [`${BOOK}/measures/expenditure?knownAt=-1`, 422],
    [`${BOOK}/measures/expenditure?to=2023-02-30`, 422],
    [`${BOOK}/measures/expenditure?fund=cash`, 422],
    [`${BOOK}/reports/execution?format=pdf`, 422],
    ['/api/v1/books/%E0%A4%A/2023/events', 422],
    [`/api/v1/books/${'x'.repeat(500)}/2023/events`, 404],
  ])('answers %s with %s and a problem', async (path, status) => {
    const answer = await ask(path);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ status, code: expect.any(String) as unknown });
  });

  it('wants JSON', async () => {
    const answer = await post(`${BOOK}/payments`, 'n', 'a=b', { 'content-type': 'text/plain' });
    expect(answer.status).toBe(400);
    expect(answer.body.code).toBe('invalid-json');
  });
});
