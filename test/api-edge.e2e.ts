import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { POSTINGS } from '../apps/api/src/books/postings.js';
import { Api, BOOK_URL, pay } from './api.js';
import { commandLines } from './lusong.js';

let api: Api;
beforeAll(async () => {
  api = await Api.start();
  for (const line of commandLines) await api.postLine(line);
});
afterAll(() => api.stop());

/** What comes back for bytes on a bare socket. */
const send = (text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(Number(new URL(api.url).port), '127.0.0.1', () => socket.write(text));
    socket.on('data', (data) => (answer += String(data)));
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });

interface Operation {
  parameters?: { name: string; in: string }[];
  requestBody?: object;
  responses: Record<string, { content?: Record<string, unknown>; headers?: object }>;
}
type Paths = Record<string, Record<string, Operation>>;

describe('the OpenAPI document', () => {
  const paths = async () => (await api.ask('/api/openapi.json')).body['paths'] as Paths;

  it('lists every posting with its body, its headers and its refusals', async () => {
    const all = await paths();
    const postings = Object.keys(POSTINGS).map((s) => `/api/v1/books/{unit}/{year}/${s}`);
    for (const path of ['/api/v1/books', ...postings]) {
      const { parameters, requestBody, responses } = all[path]!['post']!;
      expect(requestBody).toBeDefined();
      expect(parameters?.filter((p) => p.in === 'header').map((p) => p.name)).toEqual(
        expect.arrayContaining(['Idempotency-Key', 'X-Actor', 'If-Match']),
      );
      expect(Object.keys(responses['201']?.headers ?? {})).toContain('Ledger-Position');
      expect(Object.keys(responses['422']?.content ?? {})).toEqual(['application/problem+json']);
    }
  });

  it('describes everything that it refers to', async () => {
    const { text, body } = await api.ask('/api/openapi.json');
    const { schemas } = body['components'] as { schemas: object };
    const names = [...text.matchAll(/"#\/components\/schemas\/(\w*)"/g)].map((m) => m[1]!);
    expect(names).toContain('PaymentLineDto');
    for (const name of names) expect(Object.keys(schemas)).toContain(name);
  });

  it('declares every place of every address', async () => {
    for (const [path, methods] of Object.entries(await paths()))
      for (const { parameters = [] } of Object.values(methods))
        expect([path, parameters.filter((p) => p.in === 'path').map((p) => p.name)]).toEqual([
          path,
          [...path.matchAll(/\{(\w+)\}/g)].map((m) => m[1]),
        ]);
  });
});

describe('the edge', () => {
  it('takes no body in another encoding', async () => {
    const before = await api.ledger.store.size();
    const answer = await api.post(`${BOOK_URL}/payments`, 'gz', pay(), {
      'content-encoding': 'gzip',
    });
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid-header' } });
    expect(await api.ledger.store.size()).toBe(before);
  });

  it.each([
    ['list', { ...pay(), lines: Array.from({ length: 300_000 }, () => ({})) }],
    ['object', Object.fromEntries(Array.from({ length: 60_000 }, (_, i) => [`f${i}`, 1]))],
  ])('is not held up by a %s of very many', async (_, body) => {
    const t = performance.now();
    const answer = await api.post(`${BOOK_URL}/payments`, 'many', body);
    // planted bug: validating each of them took 9 s, and the answer named them all
    expect(performance.now() - t).toBeLessThan(4000);
    expect(answer.status).toBe(422);
    expect(answer.text.length).toBeLessThan(100_000);
  });

  it.each(['', '/api/v1'])('says below "%s" how it is', async (prefix) => {
    const at = { headers: { 'ledger-position': '44' } };
    await api.ask(`${BOOK_URL}/measures/expenditure`, at);
    expect(await api.ask(`${prefix}/health/live`)).toMatchObject({ status: 200 });
    expect(await api.ask(`${prefix}/health/ready`)).toMatchObject({
      status: 200,
      body: { logSize: 44 },
    });
    expect((await api.ask(`${prefix}/metrics`)).text).toContain('fiscal_log_events 44');
  });

  const nonsense: readonly [string, string | Uint8Array, number, string][] = [
    ['a key twice', '{"date":"2023-01-01","date":"2023-01-02"}', 400, 'invalid-json'],
    ['__proto__', '{"__proto__":{"x":1}}', 400, 'invalid-json'],
    ['half a surrogate pair', '{"payee":"\\ud800"}', 400, 'invalid-json'],
    ['half a body', '{"date":', 400, 'invalid-json'],
    ['nothing', '', 400, 'invalid-json'],
    ['1e400', '{"amount":1e400}', 400, 'invalid-json'],
    ['no UTF-8', new Uint8Array([0x7b, 0xff, 0x7d]), 400, 'invalid-encoding'],
    ['a list', '[]', 422, 'invalid-command'],
    ['null', 'null', 422, 'invalid-command'],
    ['two megabytes', `{"payee":"${'x'.repeat(2 << 20)}"}`, 413, 'payload-too-large'],
  ];
  it.each(nonsense)('answers %s with a problem', async (_, body, status, code) => {
    const answer = await api.post(`${BOOK_URL}/payments`, 'n', body);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it.each([
    ['/api/v1/nothing', 404],
    ['/api/v1/books/430203-208001/2022/reports/annex-3', 404],
    ['/api/v1/books/430203-208001/year/reports/annex-3', 404],
    [`${BOOK_URL}/reports/balance`, 404],
    [`${BOOK_URL}/reports/constructor`, 404],
    [`${BOOK_URL}/measures/balance`, 404],
    [`${BOOK_URL}/measures/__proto__`, 404],
    [`${BOOK_URL}/reports/execution/cells/ZZ/expenditure`, 404],
    [`${BOOK_URL}/measures/expenditure?knownAt=-1`, 422],
    [`${BOOK_URL}/measures/expenditure?to=2023-02-30`, 422],
    [`${BOOK_URL}/measures/expenditure?fund=cash`, 422],
    [`${BOOK_URL}/measures/expenditure?fund=`, 422],
    [`${BOOK_URL}/measures/expenditure?knownat=9`, 422],
    [`${BOOK_URL}/measures/expenditure?from=2023-07-01&to=2023-06-30`, 422],
    [`${BOOK_URL}/events?From=3`, 422],
    [`${BOOK_URL}/reports/execution?format=pdf`, 422],
    ['/api/v1/books/%E0%A4%A/2023/events', 422],
    ['/api/v1/books/%00/2023/events', 404],
    [`/api/v1/books/${'x'.repeat(500)}/2023/events`, 404],
  ])('answers %s with %s and a problem', async (path, status) => {
    const answer = await api.ask(path);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ status, code: expect.any(String) as unknown });
  });

  it('wants JSON', async () => {
    const type = { 'content-type': 'text/plain' };
    const answer = await api.post(`${BOOK_URL}/payments`, 'n', 'a=b', type);
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid-json' } });
    expect(answer.body.detail).toContain('application/json');
  });

  it.each([
    ['GARBAGE\r\n\r\n', '400', 'invalid-header'],
    [`GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`, '413', 'payload-too-large'],
  ])('answers what is no request with a problem (%#)', async (text, status, code) => {
    const answer = await send(text);
    expect(answer).toContain(`HTTP/1.1 ${status} `);
    expect(answer).toContain('application/problem+json');
    expect(answer).toContain(code);
  });

  it('tells nothing of its inside where it fails', async () => {
    const broken = await Api.start();
    await broken.postLine(commandLines[0]!);
    const { store } = broken.ledger;
    const append = store.append.bind(store);
    store.append = () => Promise.reject(new Error('secret: /var/lib'));
    const answer = await broken.post(`${BOOK_URL}/payments`, 'x', pay());
    const project = await broken.postLine(commandLines[1]!);
    store.append = append;
    await broken.stop();
    expect(answer.status).toBe(422);
    expect(project).toMatchObject({ status: 500, body: { code: 'internal-error' } });
    expect(project.text).not.toContain('secret');
  });
});
