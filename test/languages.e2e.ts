import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LEDGER_ERRORS } from '#domain';
import { StoreUnavailable, WrongRevision } from '#event-store';
import { STORE } from '../libs/event-store/src/sentences/store.js';
import { Api } from './api.js';
import { BOOK, paid, type Request } from './refusable.js';
import { REFUSED } from './refusals.js';
import { aYear, heldToBoth, NOT_HERE, OF_ACCOUNTS, seen, sent, ZH, type Asking } from './saying.js';
import { englishIn } from './sentences.js';

/** Every code word that can be had over HTTP without accounts, asked for in either language. */
describe('without accounts', () => {
  let api: Api;
  const ask: Asking = (path, init) =>
    api.ask(path, { ...init, headers: { 'x-actor': 'clerk', ...(init.headers as object) } });
  const post = (segment: string, body: object): Request => ['POST', `${BOOK}/${segment}`, body];
  beforeAll(async () => {
    api = await Api.start();
    await aYear(api);
  });
  afterAll(() => api.stop());

  it.each(REFUSED)('%s is said in both languages (%#)', (code, request) =>
    heldToBoth(ask, code, request),
  );

  it('what the rule does not propose needs a reason', async () => {
    const { body } = await api.ask(`${BOOK}/closing-rehearsal`);
    const { carryover } = body['command'] as { carryover: readonly object[] };
    const otherwise = carryover.map((given) => ({ ...given, kind: 'recovery' }));
    await heldToBoth(
      ask,
      'reason-required',
      post('closing', { date: '2024-12-31', reason: '结账', carryover: otherwise }),
    );
  });

  it.each([
    ['store-unavailable', () => new StoreUnavailable(STORE.diskFull(), 'not-stored')],
    [
      'store-unavailable',
      () => new StoreUnavailable(STORE.unwritable({ fault: 'EIO' }), 'unknown'),
    ],
    ['revision-conflict', () => new WrongRevision('book-U-1-2024', 1, 2)],
    ['internal-error', () => new Error('a fault of the program')],
  ] as const)('%s is said in both languages (%#)', async (code, failure) => {
    const { store } = api.ledger;
    const append = store.append.bind(store);
    store.append = () => Promise.reject(failure());
    try {
      await heldToBoth(ask, code, post('payments', paid('1.00')));
    } finally {
      store.append = append;
    }
  });

  it('what is still being recorded is said to be', async () => {
    const { store } = api.ledger;
    const append = store.append.bind(store);
    let fail!: (error: Error) => void;
    store.append = () => new Promise((_, reject) => (fail = reject));
    const first = api.post(`${BOOK}/payments`, 'held', paid('1.00'));
    while (!(fail as unknown)) await new Promise(setImmediate);
    const again: Request = [
      'POST',
      `${BOOK}/payments`,
      paid('1.00'),
      { 'idempotency-key': 'held' },
    ];
    await heldToBoth(ask, 'command-in-flight', again);
    store.append = append;
    fail(new StoreUnavailable(STORE.closed(), 'not-stored'));
    expect((await first).status).toBe(503);
  });

  it('the amounts and lines of a refusal are as people write them', async () => {
    const { body } = await sent(ask, post('payments', paid('9999.00')), ZH);
    expect(body['errors']).toEqual([
      {
        pointer: '/lines/0/amount',
        code: 'insufficient-budget',
        message:
          '指标“P 项目 / 一般公共预算 / 本年拨款”的可执行余额为 1,390.00 元，本次需要 9,999.00 元',
      },
    ]);
  });

  it('what is told in an answer is in its language: previews, checks and findings', async () => {
    const preview = { posting: { command: 'make-payment', ...paid('9999.00') } };
    const refused = await sent(ask, post('preview', preview), ZH);
    expect((refused.body['refusal'] as { message: string }).message).toContain(
      '本次需要 9,999.00 元',
    );
    const rehearsal = await sent(ask, ['GET', `${BOOK}/closing-rehearsal`], ZH);
    const overview = await sent(ask, ['GET', `${BOOK}/overview`], ZH);
    for (const [answer, name] of [
      [rehearsal, 'checks'],
      [overview, 'findings'],
    ] as const) {
      const checks = answer.body[name] as readonly { message: string }[];
      expect(checks.length).toBeGreaterThan(2);
      for (const { message } of checks)
        expect([message, englishIn(message).filter((w) => w !== 'P')]).toEqual([message, []]);
      expect(answer.headers.get('content-language')).toBe('zh-CN');
    }
    const english = await sent(ask, ['GET', `${BOOK}/overview`], 'fr');
    expect(english.text).toContain('not acknowledged in full');
    expect(english.headers.get('content-language')).toBe('en');
  });
});

it('every code word that can be had over HTTP was asked for', () => {
  const missing = Object.keys(LEDGER_ERRORS).filter((code) => !seen.has(code));
  expect(missing.sort()).toEqual([...NOT_HERE, ...OF_ACCOUNTS].sort());
});
