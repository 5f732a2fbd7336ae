import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Api, BOOK_URL, pay } from './api.js';
import { commandLines, printedFigures } from './lusong.js';

let api: Api;
beforeAll(async () => {
  api = await Api.start();
});
afterAll(() => api.stop());

describe('the year over HTTP', () => {
  it('takes the book of 2023 up to its payments, and says where each event stands', async () => {
    for (const [i, line] of commandLines.slice(0, 21).entries()) {
      const { status, headers, body } = await api.postLine(line);
      expect([i, status]).toEqual([i, 201]);
      expect(headers.get('etag')).toBe(`"${i}"`);
      expect(headers.get('ledger-position')).toBe(String(i + 1));
      expect(body).toMatchObject({ index: i, revision: i, actor: 'clerk' });
      const located = await api.ask(headers.get('location')!, {
        headers: { 'ledger-position': String(i + 1) },
      });
      expect(located.body).toMatchObject({
        events: [{ index: i, id: body['id'], data: body['data'] }],
        logSize: i + 1,
      });
    }
  });

  const refusals: readonly [string, object, string, readonly string[]][] = [
    ['an amount as a number', pay({ amount: 1.5 }), 'invalid-amount', ['1.5']],
    ['three decimals', pay({ amount: '1.005' }), 'invalid-amount', ['1.005']],
    ['an unknown project', pay({ project: 'ZZ' }), 'unknown-project', ['ZZ']],
    ['an unknown economic code', pay({ economic: '1' }), 'unknown-economic', ['not \\"1\\"']],
    [
      'one fen too much',
      pay({ amount: '265100.01' }),
      'insufficient-budget',
      ['265100.00', '265100.01'],
    ],
    ['a field that is not known', { ...pay(), memo: 'x' }, 'unknown-field', ['memo']],
    ['a field of Object', { ...pay(), toString: 'x' }, 'unknown-field', ['toString']],
    [
      'a body that names its own command',
      { ...pay(), command: 'x' },
      'invalid-command',
      ['command'],
    ],
    ['a line that is null', { ...pay(), lines: [null] }, 'invalid-command', ['lines/0']],
  ];
  it.each(refusals)('refuses %s with its word', async (_, body, code, says) => {
    const size = await api.ledger.store.size();
    const answer = await api.post(`${BOOK_URL}/payments`, 'bad', body);
    expect(answer).toMatchObject({ status: 422, body: { code } });
    for (const words of says) expect(answer.text).toContain(words);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(await api.ledger.store.size()).toBe(size);
  });

  it('holds If-Match, and wants a key and an actor', async () => {
    const path = `${BOOK_URL}/payments`;
    const stale = await api.post(path, 'm', pay(), { 'if-match': '"3"' });
    expect(stale).toMatchObject({ status: 412, body: { code: 'precondition-failed' } });
    const weak = await api.post(path, 'm', pay(), { 'if-match': '3' });
    expect(weak).toMatchObject({ status: 400, body: { code: 'invalid-header' } });
    const keyless = await api.post(path, '', pay());
    expect(keyless).toMatchObject({ status: 400, body: { code: 'idempotency-key-required' } });
    for (const actor of ['', '%20', '%00', '%', 'Zo\u00eb', 'a'.repeat(129)])
      expect(await api.post(path, 'm', pay(), { 'x-actor': actor })).toMatchObject({
        status: 400,
        body: { code: 'invalid-header' },
      });
  });

  it('says that the key is missing where the body is wrong as well', async () => {
    const answer = await api.post(`${BOOK_URL}/payments`, '', {});
    expect(answer).toMatchObject({ status: 400, body: { code: 'idempotency-key-required' } });
  });

  it('takes the rest of the year and the close, and then no payment any more', async () => {
    for (const line of commandLines.slice(21)) expect((await api.postLine(line)).status).toBe(201);
    const late = await api.post(`${BOOK_URL}/payments`, 'late', pay());
    expect(late).toMatchObject({ status: 409, body: { code: 'year-closed' } });
  });
});

describe('repetition', () => {
  it('gives the first answer again, byte for byte, however often a key comes', async () => {
    const fresh = await Api.start();
    try {
      for (const line of commandLines) {
        const first = await fresh.postLine(line);
        for (const again of [await fresh.postLine(line), await fresh.postLine(line)]) {
          expect([again.status, again.text]).toEqual([201, first.text]);
          for (const name of ['etag', 'ledger-position', 'location'])
            expect(again.headers.get(name)).toBe(first.headers.get(name));
        }
      }
      expect(await fresh.ledger.store.size()).toBe(commandLines.length);
    } finally {
      await fresh.stop();
    }
  });

  it('refuses another content under the same key', async () => {
    const other = await api.postLine(commandLines[20]!.replace('2111400.00', '2111399.00'));
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency-mismatch' } });
  });

  it('honours If-Match, and keeps a name that came percent-encoded', async () => {
    const fresh = await Api.start();
    try {
      await fresh.postLine(commandLines[0]!);
      const { command, id, unit, fiscalYear, ...body } = JSON.parse(commandLines[1]!) as Record<
        string,
        unknown
      >;
      expect([command, unit, fiscalYear]).toEqual(['register-project', '430203-208001', 2023]);
      const answer = await fresh.post(`${BOOK_URL}/projects`, String(id), body, {
        'if-match': '"0"',
        'x-actor': encodeURIComponent('张敏'),
        'x-approved-by': 'li.hua',
      });
      expect(answer.status).toBe(201);
      expect(answer.body).toMatchObject({ actor: '张敏', approvedBy: 'li.hua', revision: 1 });
    } finally {
      await fresh.stop();
    }
  });
});

describe('questions', () => {
  const at = { headers: { 'ledger-position': '44' } };

  it.each(printedFigures)('$where: $measure is $printed', async (figure) => {
    const query = new URLSearchParams(
      Object.entries(figure.scope).map(([k, v]): [string, string] => [k, String(v)]),
    );
    const path = `${BOOK_URL}/measures/${figure.measure}?${query.toString()}`;
    const { status, body } = await api.ask(path, at);
    expect(status).toBe(200);
    const expected = figure.reproducible === false ? figure.ledger : figure.printed;
    expect(Number(body['tenThousand'] ?? body['percent'] ?? body['score'])).toBe(Number(expected));
  });

  interface Report {
    columns: { id: string; label: string }[];
    rows: { id: string; cells: Record<string, { exact: string; events: number[] }> }[];
  }

  it('gives annex 3 in the agreed shape', async () => {
    const { body } = await api.ask(`${BOOK_URL}/reports/annex-3`, at);
    expect(body).toMatchObject({
      report: 'annex-3',
      unit: '430203-208001',
      fiscalYear: 2023,
      logSize: 44,
      asOf: {},
      notes: expect.any(Array) as unknown,
    });
    const { columns, rows } = body as unknown as Report;
    const ids = columns.map((c) => c.id);
    for (const row of rows) expect(ids).toEqual(expect.arrayContaining(Object.keys(row.cells)));
    expect(rows.map((r) => r.cells['fullYearBudget']?.exact)).toContain('22277340.00');
  });

  it('gives reports in every format, as of a moment, and cells with their events', async () => {
    for (const format of ['text', 'csv', 'html'])
      expect((await api.ask(`${BOOK_URL}/reports/execution?format=${format}`)).text).toContain(
        '1828.14',
      );
    const before = await api.ask(`${BOOK_URL}/measures/fullYearBudget?knownAt=9`);
    expect(before.body).toMatchObject({ exact: '23859340.00', logSize: 9 });
    const cell = await api.ask(`${BOOK_URL}/reports/execution/cells/YF/expenditure`);
    expect(cell.body).toMatchObject({ exact: '18281400.00', indices: [12, 14, 23] });
    const register = await api.ask(`${BOOK_URL}/reports/payments`);
    expect(register.body).toMatchObject({ report: 'payments' });
  });

  it('finds the cells of a row whose id has a slash', async () => {
    const { body } = await api.ask(`${BOOK_URL}/reports/final-accounts`);
    const row = (body as unknown as Report).rows.find(
      (r) => r.id.includes('/') && Object.values(r.cells).some((c) => c.events.length > 0),
    )!;
    const [column, { exact, events }] = Object.entries(row.cells).find(
      ([, c]) => c.events.length > 0,
    )!;
    const path = `${BOOK_URL}/reports/final-accounts/cells/${encodeURIComponent(row.id)}/${column}`;
    const cell = await api.ask(path);
    expect(cell).toMatchObject({ status: 200, body: { row: row.id, exact, indices: events } });
  });

  it('gives the log as it is hashed, page by page', async () => {
    const page = await api.ask('/api/v1/log/entries?from=0&limit=2');
    expect(page.body).toMatchObject({
      entries: [{ index: 0 }, { index: 1 }],
      logSize: 44,
      next: 2,
    });
    const last = await api.ask('/api/v1/log/entries?from=42');
    expect(last.body).toMatchObject({ entries: [{ index: 42 }, { index: 43 }], logSize: 44 });
    expect(last.body).not.toHaveProperty('next');
  });

  it('waits for a position, and says when it takes too long', async () => {
    const ahead = await api.ask(`${BOOK_URL}/measures/expenditure`, {
      headers: { 'ledger-position': '45' },
    });
    expect(ahead).toMatchObject({ status: 503, body: { code: 'projection-behind' } });
    expect(ahead.headers.get('retry-after')).toBe('1');
  });
});
