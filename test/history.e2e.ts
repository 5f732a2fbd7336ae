import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EVENT_SCHEMAS } from '#domain';
import type { eventJson } from '#event-store';
import { EVENT_TYPES } from '../apps/web/src/pages/audit/event-types.js';
import { Api, BOOK_URL, type Answer } from './api.js';
import { answerOf, faultsOf, type OpenApi } from './conforms.js';
import { commandLines } from './lusong.js';

type EventJson = ReturnType<typeof eventJson> & {
  readonly data: Readonly<Record<string, unknown>>;
};
interface Page {
  readonly events: readonly EventJson[];
  readonly logSize: number;
  readonly total: number;
  readonly next?: number;
}

let api: Api;
let all: readonly EventJson[];
/** An event of another book in the middle of the log, so that index and revision differ. */
const BETWEEN = 20;

beforeAll(async () => {
  api = await Api.start();
  const posted = async (answer: Promise<Answer>) => expect((await answer).status).toBe(201);
  for (const line of commandLines.slice(0, BETWEEN)) await posted(api.postLine(line));
  const first = JSON.parse(commandLines[0]!) as object;
  const dropped = { command: undefined, id: undefined };
  const other = { ...first, ...dropped, fiscalYear: 2022, date: '2022-01-01' };
  await posted(api.post('/api/v1/books', 'other', other));
  for (const line of commandLines.slice(BETWEEN)) await posted(api.postLine(line));
  await api.ledger.waitFor(commandLines.length + 1, 5000);
  all = (await asked('')).events;
});
afterAll(() => api.stop());

const asked = async (question: string): Promise<Page> => {
  const { status, body } = await api.ask(`${BOOK_URL}/events?${question}`);
  expect([question, status]).toEqual([question, 200]);
  return body as unknown as Page;
};
const indices = ({ events }: Page) => events.map(({ index }) => index);

it('the whole book is asked for as before, with the number of its events beside', async () => {
  const { total, logSize, next } = await asked('');
  expect([all.length, total, logSize, next]).toEqual([44, 44, 45, undefined]);
  expect(all.map(({ index }) => index)).not.toContain(BETWEEN);
  expect(await asked('from=19&limit=2')).toMatchObject({
    events: [{ index: 19 }, { index: 21 }],
    next: 22,
  });
});

describe('a filter lets through', () => {
  const fits: readonly [string, (event: EventJson) => boolean][] = [
    ['type=PaymentMade', ({ type }) => type === 'PaymentMade'],
    ['type=PaymentMade,BudgetAdjusted', ({ type }) => /^(PaymentMade|BudgetAdjusted)$/.test(type)],
    ['person=CLER', () => true],
    ['person=nobody', () => false],
    ['since=2023-07-01', ({ date }) => date >= '2023-07-01'],
    [
      'since=2023-03-01&until=2023-07-15',
      ({ date }) => date >= '2023-03-01' && date <= '2023-07-15',
    ],
    ['line=YF', ({ data }) => JSON.stringify(data).includes('"project":"YF"')],
    [
      `line=${encodeURIComponent('YF|general-public-budget|carryover')}`,
      // in the canonical form of a line its keys stand in this order; the close names lines too
      ({ data }) => /"origin":"carryover","project":"YF"/.test(JSON.stringify(data)),
    ],
    [
      `text=${encodeURIComponent('调增优抚经费')}`,
      ({ data }) => JSON.stringify(data).includes('调增优抚经费'),
    ],
    ['text=paymentmade+2023-12', ({ type, date }) => type === 'PaymentMade' && date > '2023-12'],
  ];

  it.each(fits)('%s', async (question, fit) => {
    const wanted = all.filter(fit).map(({ index }) => index);
    expect(indices(await asked(question))).toEqual(wanted);
    expect(indices(await asked(`${question}&order=newest`))).toEqual(wanted.toReversed());
    // as known earlier: what came later is not there, nor is it counted
    const earlier = await asked(`${question}&knownAt=30`);
    expect(indices(earlier)).toEqual(wanted.filter((index) => index < 30));
    expect(earlier.total).toBe(29);
    const matches = await api.ask(`${BOOK_URL}/events/matches?${question}`);
    expect(matches.body['revisions']).toEqual(all.filter(fit).map(({ revision }) => revision));
  });

  it('the papers with a number, in any case', async () => {
    const number = (
      all.find(({ type }) => type === 'BudgetAdjusted')!.data['document'] as { number: string }
    ).number;
    const found = await asked(`document=${encodeURIComponent(number.slice(2))}`);
    expect(found.events.length).toBeGreaterThan(0);
    expect(found.events.every(({ data }) => JSON.stringify(data).includes(number.slice(2)))).toBe(
      true,
    );
    // planted bug: a word is looked for in hashes and subjects, where every digit is found
    expect((await asked('text=0f')).events).toEqual([]);
  });
});

it('pages are stable: together they are the whole, forwards and backwards, whatever is appended meanwhile', async () => {
  const read = async (question: string, cursor: 'from' | 'to', between = async () => {}) => {
    const read: number[] = [];
    for (let at: number | undefined, pages = 0; pages < 20; pages++) {
      const page = await asked(`limit=7&${question}${at === undefined ? '' : `&${cursor}=${at}`}`);
      read.push(...indices(page));
      at = page.next;
      if (at === undefined) return read;
      if (pages === 0) await between();
    }
    throw new Error('it does not end');
  };
  const payments = all.filter(({ type }) => type === 'PaymentMade').map(({ index }) => index);
  expect(payments.length).toBeGreaterThan(7);
  expect(await read('type=PaymentMade', 'from')).toEqual(payments);
  expect(await read('type=PaymentMade&order=newest', 'to')).toEqual(payments.toReversed());
  const publish = async () => {
    const published = { report: 'annex-3', figuresHash: '0'.repeat(64), logSize: 1 };
    const { status } = await api.post(`${BOOK_URL}/publications`, 'meanwhile', {
      ...published,
      date: '2023-12-31',
    });
    expect(status).toBe(201);
  };
  const whole = all.map(({ index }) => index).toReversed();
  expect(await read('order=newest', 'to', publish)).toEqual(whole);
});

it('events are handed out by their revisions', async () => {
  const { events } = await asked('revisions=3,18-22,5');
  expect(events.map(({ revision }) => revision)).toEqual([3, 18, 19, 20, 21, 22, 5]);
  expect(indices(await asked('revisions=40-900&knownAt=43'))).toEqual([41, 42]);
});

it.each([
  ...['type=BudgetForgotten', 'since=2023-02-30', 'until=x', 'order=up', 'line=a|b|c|d'],
  ...['revisions=', 'revisions=5-3', 'revisions=0-1000', 'revisions=1;2', 'person=a&person=b'],
  ...['text=' + 'a+'.repeat(11), 'document=' + 'x'.repeat(201), 'knownAt=99', 'words=a'],
])('refuses %s', async (question) => {
  const { status, body } = await api.ask(`${BOOK_URL}/events?${question}`);
  const beyond = question === 'knownAt=99';
  expect([status, body.code]).toEqual([422, beyond ? 'known-at-beyond-log' : 'invalid-query']);
});

it('a book that there is not has no history', async () => {
  for (const at of ['events', 'events/matches'])
    expect((await api.ask(`/api/v1/books/430203-208001/1999/${at}`)).body.code).toBe(
      'unknown-book',
    );
});

it('the page offers every type that a book may have', () => {
  expect([...EVENT_TYPES].sort()).toEqual(Object.keys(EVENT_SCHEMAS).sort());
});

it('a form without the events behind its cells has the same figures at every moment', async () => {
  for (const report of [
    'annex-2',
    'annex-3',
    'execution',
    'final-accounts',
    'trial-balance',
    'payments',
  ])
    for (const knownAt of [14, 30, 45]) {
      const at = `${BOOK_URL}/reports/${report}/form?knownAt=${knownAt}`;
      const [full, bare] = await Promise.all([api.ask(at), api.ask(`${at}&events=no`)]);
      expect([full.status, bare.status]).toEqual([200, 200]);
      const withoutEvents = (text: string) => text.replace(/"events":\[[\d,]*\]/g, '');
      expect(withoutEvents(bare.text)).toBe(withoutEvents(full.text));
      expect(bare.text.length).toBeLessThanOrEqual(full.text.length);
    }
});

it('answers are as the document says', async () => {
  const { body: document } = await api.ask('/api/openapi.json');
  for (const [route, question] of [
    ['events', 'limit=2'],
    ['events/matches', 'type=PaymentMade'],
  ] as const) {
    const { body } = await api.ask(`${BOOK_URL}/${route}?${question}`);
    const answer = answerOf(document as unknown as OpenApi, `/api/v1/books/{unit}/{year}/${route}`);
    expect(faultsOf(document as unknown as OpenApi, answer!, body)).toEqual([]);
  }
});
