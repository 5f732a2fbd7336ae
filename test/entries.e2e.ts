import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Api, BOOK_URL, pay } from './api.js';
import { commandLines } from './lusong.js';
import { Person } from './office.js';

/** Up to and with the payment of 990 万元 to 定期优抚对象, whose line is one. */
const COMMANDS = 13;
const PAYMENT = 'lusong-2023-0013';
const GL = { project: 'GL', fund: 'general-public-budget', origin: 'current' };

interface Left {
  readonly total: string;
  readonly procurement: string;
  readonly lines: readonly { project: string; economic?: string; posted: string; left: string }[];
}

let api: Api;
beforeAll(async () => {
  api = await Api.start();
  for (const line of commandLines.slice(0, COMMANDS))
    expect((await api.postLine(line)).status).toBe(201);
});
afterAll(() => api.stop());

const entry = (id: string) => api.ask(`${BOOK_URL}/entries/${encodeURIComponent(id)}`);
const leftOf = async (id: string) => (await entry(id)).body['left'] as Left | undefined;
async function post(segment: string, id: string, body: object): Promise<void> {
  const { status, text } = await api.post(`${BOOK_URL}/${segment}`, id, body);
  if (status !== 201) throw new Error(text);
}
const reverse = (id: string, reversed: string) =>
  post('reversals', id, { date: '2023-12-01', entry: reversed, reason: '记错' });

describe('an entry', () => {
  it('tells the payee by name, and of a payment what refunds have left line by line', async () => {
    const paid = {
      ...pay({ amount: '300.00' }),
      payee: '物业公司',
      procurement: '200.00',
      lines: [
        { ...GL, economic: '30299', amount: '100.00' },
        { ...GL, economic: '30201', amount: '150.00' },
        { ...GL, economic: '30201', amount: '50.00' },
      ],
    };
    await post('payments', 'paid', paid);
    await post('refunds', 'back', {
      date: '2023-11-20',
      payment: 'paid',
      reason: '多付',
      procurement: '30.00',
      lines: [{ ...GL, economic: '30201', amount: '70.00' }],
    });
    const { body } = await entry('paid');
    expect(body).toMatchObject({ payee: '物业公司', event: { type: 'PaymentMade' } });
    expect(await leftOf('paid')).toMatchObject({
      total: '230.00',
      procurement: '170.00',
      lines: [
        { economic: '30299', posted: '100.00', left: '100.00' },
        { economic: '30201', posted: '200.00', left: '130.00' },
      ],
    });
    await reverse('back-again', 'back');
    expect(await leftOf('paid')).toMatchObject({ total: '300.00', procurement: '200.00' });
  });

  it('of a reservation tells what releases and payments have left', async () => {
    const document = { number: '合同1号', date: '2023-11-01' };
    const lines = [{ ...GL, amount: '500.00' }];
    await post('reservations', 'kept', { date: '2023-11-01', document, reason: '合同', lines });
    await post('payments', 'paid-from-it', {
      ...pay({ amount: '120.00' }),
      reservation: 'kept',
      payee: '物业公司二',
    });
    expect(await leftOf('kept')).toEqual({
      total: '380.00',
      procurement: '0.00',
      lines: [{ ...GL, function: '2082802', posted: '500.00', left: '380.00' }],
    });
  });

  it('of a direct allocation tells what is not acknowledged yet', async () => {
    const id = 'lusong-2023-0012';
    const { total: before } = (await leftOf(id))!;
    await post('acknowledgements', 'ack', {
      date: '2023-11-02',
      allocation: id,
      amount: '10000.00',
    });
    const { total: after, lines } = (await leftOf(id))!;
    expect([Number(before) - Number(after), lines]).toEqual([10_000, []]);
  });

  it('that was reversed has nothing left, and says by what', async () => {
    await post('payments', 'wrong', { ...pay(), payee: '错付' });
    await reverse('undone', 'wrong');
    const { body } = await entry('wrong');
    expect(body['left']).toBeUndefined();
    expect(body['reversedBy']).toBe('undone');
  });

  it('that there is not is refused by a word, and so is that of a book that there is not', async () => {
    expect((await entry('nowhere')).body.code).toBe('unknown-entry');
    const elsewhere = await api.ask(`/api/v1/books/999999-1/2023/entries/${PAYMENT}`);
    expect([elsewhere.status, elsewhere.body.code]).toEqual([404, 'unknown-book']);
  });
});

it('a project without lines is told beside the lines', async () => {
  await post('projects', 'new', {
    date: '2023-11-01',
    project: 'XM',
    name: '新项目',
    category: 'project',
    function: '2080899',
  });
  const { status, body, headers } = await api.ask(`${BOOK_URL}/lines`, {
    headers: { 'Ledger-Position': String(await api.ledger.store.size()) },
  });
  expect([status, headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
  const { projects, lines } = body as unknown as Record<'projects' | 'lines', object[]>;
  expect(projects.at(-1)).toEqual({
    project: 'XM',
    name: '新项目',
    category: 'project',
    function: '2080899',
  });
  expect(lines).not.toContainEqual(expect.objectContaining({ project: 'XM' }));
});

// from here on there are accounts
describe('the approval rule', () => {
  const RULE_URL = `${BOOK_URL}/approval-rule`;

  it('is what every book begins with, until a system administrator sets one', async () => {
    const system = await Person.as(api, 'system-admin');
    const auditor = await Person.as(api, 'auditor');
    const before = await auditor.ask(RULE_URL);
    expect(before.body).toEqual({ rule: { threshold: '0.00', windowDays: 7 }, history: [] });
    for (const rule of [
      { threshold: '1000.00', windowDays: 7 },
      { threshold: '5000.00', windowDays: 30 },
    ])
      expect((await system.send('PUT', RULE_URL, rule)).status).toBe(200);
    const { body } = await system.ask(RULE_URL);
    const { person } = system.account;
    expect(body).toMatchObject({
      rule: { threshold: '5000.00', windowDays: 30 },
      history: [
        { threshold: '5000.00', windowDays: 30, actor: person },
        { threshold: '1000.00', windowDays: 7, actor: person },
      ],
    });
    const [last] = await api.ledger.latest({ unit: '430203-208001', fiscalYear: 2023 }, 1);
    expect((body['history'] as { index: number }[])[0]!.index).toBe(last!.index);
  });

  it('is set by nobody else, and not to what is no amount', async () => {
    const system = await Person.as(api, 'system-admin');
    const clerk = await Person.as(api, 'clerk');
    const set = (who: Person, threshold: string, windowDays = 7) =>
      who.send('PUT', RULE_URL, { threshold, windowDays });
    expect((await set(clerk, '9.00')).body.code).toBe('forbidden');
    expect((await set(system, '-1.00')).body.code).toBe('invalid-amount');
    expect((await set(system, '1.00', 0)).status).toBe(422);
    expect((await system.ask(RULE_URL)).body['rule']).toEqual({
      threshold: '5000.00',
      windowDays: 30,
    });
  });

  it('lets a system administrator know which books there are, of their units, and nothing in them', async () => {
    const list = async (who: Person) =>
      ((await who.ask('/api/v1/books')).body['books'] as unknown[]).length;
    expect(await list(await Person.as(api, 'system-admin'))).toBe(1);
    expect(await list(await Person.as(api, 'clerk', ['999999-1']))).toBe(0);
    const system = await Person.as(api, 'system-admin');
    for (const path of [`${BOOK_URL}/lines`, `${BOOK_URL}/entries/${PAYMENT}`])
      expect((await system.ask(path)).status).toBe(404);
    expect((await system.ask('/api/v1/stream')).status).toBe(403);
  });
});
