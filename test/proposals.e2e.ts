import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commandLines } from './lusong.js';
import { Api, BOOK_URL, type Answer } from './api.js';
import { Person } from './office.js';

/** The first 10 events of the worked case: the book before its budget is adjusted in the middle of the year. */
const OPENING = 10;
const UNIT = '430203-208001';

interface Effect {
  readonly project: string;
  readonly origin: string;
  readonly executable: { readonly before: string; readonly after: string };
}
interface Proposal {
  readonly id: string;
  readonly version: number;
  readonly state: string;
  readonly hash: string;
  readonly amount: string;
  readonly effect: readonly Effect[];
  readonly refusal?: { readonly code: string };
  readonly history: readonly { readonly type: string; readonly actor: string }[];
}
const proposalIn = ({ body }: Answer) => body as unknown as Proposal;
const proposalsIn = ({ body }: Answer) => body['proposals'] as readonly Proposal[];

const line = (project: string, amount: string, more = {}) => ({
  project,
  fund: 'general-public-budget',
  origin: 'current',
  amount,
  ...more,
});
let papers = 0;
const adjust = (amount: string) => ({
  command: 'adjust-budget',
  date: '2023-07-15',
  document: { number: `文${++papers}`, date: '2023-07-15' },
  reason: '优抚对象提标',
  lines: [line('YF', amount)],
});
const pay = (amount: string, project = 'YF', payee = '甲') => ({
  command: 'make-payment',
  date: '2023-08-01',
  payee,
  lines: [line(project, amount, { economic: '30304' })],
});
const bodyOf = (posting: { command: string }) => ({ ...posting, command: undefined });

async function openBook(api: Api): Promise<void> {
  for (const text of commandLines.slice(0, OPENING))
    expect((await api.postLine(text)).status).toBe(201);
}

describe('where there are accounts', () => {
  let api: Api;
  let clerk: Person;
  let colleague: Person;
  let reviewer: Person;
  let keys = 0;
  const key = () => ({ 'idempotency-key': `key-${++keys}` });

  beforeAll(async () => {
    api = await Api.start();
    await openBook(api);
    clerk = await Person.as(api, 'clerk', [UNIT]);
    colleague = await Person.as(api, 'clerk', [UNIT]);
    reviewer = await Person.as(api, 'reviewer', [UNIT]);
  });
  afterAll(() => api.stop());

  const propose = async (posting: object, headers = key()) =>
    clerk.send('POST', `${BOOK_URL}/proposals`, { posting }, headers);
  const approve = (id: string, hash: string, by = reviewer) =>
    by.send('POST', `${BOOK_URL}/proposals/${id}/approval`, { hash });

  it('a posting of a clerk becomes a proposal, however often it is sent, and an approval posts it', async () => {
    const [headers, body] = [key(), bodyOf(adjust('100.00'))];
    const answers = [];
    for (let i = 0; i < 2; i++)
      answers.push(await clerk.send('POST', `${BOOK_URL}/adjustments`, body, headers));
    expect(answers.map((a) => a.status)).toEqual([202, 202]);
    const { id, hash, amount, effect, state } = proposalIn(answers[1]!);
    expect([id, amount, state]).toEqual([headers['idempotency-key'], '100.00', 'open']);
    expect(answers[1]!.headers.get('location')).toBe(`${BOOK_URL}/proposals/${id}`);
    const [{ executable }] = effect as [Effect];
    expect(Number(executable.after) - Number(executable.before)).toBe(100);

    const approved = await approve(id, hash);
    expect([approved.status, approved.body]).toMatchObject([
      201,
      {
        type: 'BudgetAdjusted',
        commandId: id,
        actor: clerk.account.person,
        approvedBy: reviewer.account.person,
      },
    ]);
    expect(approved.headers.get('ledger-position')).toBeTruthy();
    // the same approver gets the same answer; the clerk's own repetition is answered by the posting
    expect((await approve(id, hash)).text).toBe(approved.text);
    const again = await clerk.send('POST', `${BOOK_URL}/adjustments`, body, headers);
    expect([again.status, again.text]).toEqual([201, approved.text]);
    const one = proposalIn(await clerk.ask(`${BOOK_URL}/proposals/${id}`));
    expect([one.state, one.history.map((h) => h.type)]).toEqual([
      'approved',
      ['PostingProposed', 'BudgetAdjusted'],
    ]);
  });

  it('the same key with other content is refused, proposed or posted', async () => {
    const headers = key();
    expect((await propose(adjust('1.00'), headers)).status).toBe(201);
    const other = await propose(adjust('2.00'), headers);
    expect([other.status, other.body.code]).toEqual([422, 'idempotency-mismatch']);
    const posted = await clerk.send(
      'POST',
      `${BOOK_URL}/adjustments`,
      bodyOf(adjust('3.00')),
      headers,
    );
    expect([posted.status, posted.body.code]).toEqual([422, 'idempotency-mismatch']);
  });

  it('nobody approves what they proposed or revised, whichever duties they have', async () => {
    const both = await Person.with(
      api,
      { role: 'clerk', units: [UNIT] },
      { role: 'reviewer', units: [UNIT] },
    );
    const own = await both.send(
      'POST',
      `${BOOK_URL}/proposals`,
      { posting: adjust('5.00') },
      key(),
    );
    const { id, hash } = proposalIn(own);
    const refused = await approve(id, hash, both);
    expect([refused.status, refused.body.code]).toEqual([403, 'four-eyes']);
    const others = proposalIn(await propose(adjust('6.00')));
    const path = `${BOOK_URL}/proposals/${others.id}`;
    const revised = await both.send('PUT', path, { posting: adjust('7.00') });
    expect([revised.status, proposalIn(revised).version]).toEqual([200, 2]);
    const edited = await approve(others.id, proposalIn(revised).hash, both);
    expect([edited.status, edited.body.code]).toEqual([403, 'four-eyes']);
    expect((await approve(others.id, proposalIn(revised).hash)).status).toBe(201);
    expect((await approve(id, hash, clerk)).body.code).toBe('forbidden');
  });

  it('an edit voids what was shown', async () => {
    const { id, hash } = proposalIn(await propose(adjust('8.00')));
    const path = `${BOOK_URL}/proposals/${id}`;
    const revised = await colleague.send('PUT', path, { posting: adjust('9.00'), reason: '更正' });
    expect(revised.body).toMatchObject({ version: 2, reason: '更正', amount: '9.00' });
    const stale = await approve(id, hash);
    expect([stale.status, stale.body.code]).toEqual([409, 'proposal-changed']);
    const back = await reviewer.send('POST', `${path}/return`, { hash, reason: '旧' });
    expect(back.body.code).toBe('proposal-changed');
    expect((await approve(id, proposalIn(revised).hash)).status).toBe(201);
  });

  it('is returned, revised, withdrawn; each repeated request changes nothing', async () => {
    const { id, hash } = proposalIn(await propose(adjust('10.00')));
    const path = `${BOOK_URL}/proposals/${id}`;
    const give = key();
    for (let i = 0; i < 2; i++) {
      const back = await reviewer.send(
        'POST',
        `${path}/return`,
        { hash, reason: '附件不全' },
        give,
      );
      expect([back.status, back.body]).toMatchObject([
        200,
        { state: 'returned', reason: '附件不全' },
      ]);
    }
    expect((await approve(id, hash)).body.code).toBe('proposal-not-open');
    expect((await clerk.send('PUT', path, { posting: adjust('11.00') })).body).toMatchObject({
      state: 'open',
      version: 2,
    });
    const gone = await clerk.send('POST', `${path}/withdrawal`, {});
    expect(gone.body).toMatchObject({ state: 'withdrawn' });
    expect(proposalIn(gone).history).toHaveLength(4);
    expect((await clerk.send('PUT', path, { posting: adjust('1.00') })).status).toBe(409);
  });

  it('what is held cannot be spent, and the refusal points at the amount', async () => {
    const shown = await clerk.send('POST', `${BOOK_URL}/preview`, { posting: pay('1.00', 'GL') });
    const { before } = (shown.body['effect'] as Effect[])[0]!.executable;
    const all = proposalIn(await propose(pay(before, 'GL')));
    const second = await propose(pay('0.01', 'GL'));
    expect([second.status, second.body]).toMatchObject([
      422,
      {
        code: 'insufficient-budget',
        errors: [{ pointer: '/posting/lines/0/amount', code: 'insufficient-budget' }],
      },
    ]);
    const direct = await clerk.send('POST', `${BOOK_URL}/payments`, bodyOf(pay('0.01', 'GL')));
    expect(direct.body).toMatchObject({ errors: [{ pointer: '/lines/0/amount' }] });
    const preview = await clerk.send('POST', `${BOOK_URL}/preview`, { posting: pay('0.01', 'GL') });
    expect(preview.body['refusal']).toMatchObject({ errors: [{ pointer: '/lines/0/amount' }] });
    // while it is revised its own hold is free
    const revising = { posting: pay(before, 'GL'), proposal: all.id };
    const free = await clerk.send('POST', `${BOOK_URL}/preview`, revising);
    expect(free.body).not.toHaveProperty('refusal');
    expect(
      (await clerk.send('POST', `${BOOK_URL}/proposals/${all.id}/withdrawal`, {})).status,
    ).toBe(200);
  });

  it('rival approvals of one proposal have one effect', async () => {
    const rivals = await Promise.all([1, 2, 3].map(() => Person.as(api, 'reviewer', [UNIT])));
    const { id, hash } = proposalIn(await propose(adjust('12.00')));
    const size = await api.ledger.store.size();
    const answers = await Promise.all([reviewer, ...rivals].map((by) => approve(id, hash, by)));
    const won = answers.filter((a) => a.status === 201);
    expect(won).toHaveLength(1);
    for (const { status, body } of answers.filter((a) => a.status !== 201))
      expect([status, body.code]).toEqual([
        409,
        expect.stringMatching(/^(proposal-not-open|command-in-flight)$/),
      ]);
    expect(await api.ledger.store.size()).toBe(size + 1);
  });

  it('lists what waits for whom, oldest first, in the units in scope only', async () => {
    const first = proposalIn(await propose(adjust('13.00')));
    const second = await propose(adjust('14.00'));
    await api.ledger.waitFor(Number(second.headers.get('ledger-position')), 2000);
    const idsFor = async (who: Person, waitingFor: string) =>
      proposalsIn(await who.ask(`/api/v1/proposals?waitingFor=${waitingFor}`)).map((p) => p.id);
    const forReviewer = await idsFor(reviewer, 'me');
    expect(forReviewer.slice(-2)).toEqual([first.id, proposalIn(second).id]);
    expect(await idsFor(clerk, 'mine')).toEqual(expect.arrayContaining(forReviewer.slice(-2)));
    expect(await idsFor(colleague, 'mine')).toEqual([]);
    expect(await idsFor(clerk, 'me')).toEqual([]);
    const elsewhere = await Person.as(api, 'reviewer', ['430203-999999']);
    expect(await idsFor(elsewhere, 'me')).toEqual([]);
    const there = await elsewhere.ask(`${BOOK_URL}/proposals`);
    expect([there.status, there.body.code]).toEqual([404, 'unknown-book']);
    const inBook = proposalsIn(await reviewer.ask(`${BOOK_URL}/proposals?limit=1`));
    expect(inBook).toHaveLength(1);
  });

  it('what an open proposal claims is refused to others when they propose it, by its name', async () => {
    const first = proposalIn(await propose({ ...pay('1.00'), voucher: '记-9001' }));
    const second = await propose({ ...pay('2.00'), voucher: '记-9001' });
    expect([second.status, second.body.code]).toEqual([409, 'duplicate-document']);
    expect(second.body['detail']).toContain(`voucher 记-9001 is in the open proposal ${first.id}`);
    const paid = proposalIn(await propose(pay('3.00')));
    const id = (await approve(paid.id, paid.hash)).body['commandId'];
    const reversal = { command: 'reverse-entry', date: '2023-08-02', entry: id, reason: '记错' };
    const undo = proposalIn(await propose(reversal));
    const again = await propose(reversal);
    expect([again.status, again.body.code]).toEqual([409, 'already-reversed']);
    expect(again.body['detail']).toContain(`the open proposal ${undo.id}`);
    for (const { id: open } of [first, undo])
      await clerk.send('POST', `${BOOK_URL}/proposals/${open}/withdrawal`, {});
    expect((await propose({ ...pay('2.00'), voucher: '记-9001' })).status).toBe(201);
  });

  it('a threshold lets small postings pass, and catches them where they are split', async () => {
    const system = await Person.as(api, 'system-admin');
    const rule = { threshold: '1000.00', windowDays: 7 };
    const set = await system.send('PUT', `${BOOK_URL}/approval-rule`, rule);
    expect([set.status, set.body]).toMatchObject([200, { type: 'ApprovalRuleSet', data: rule }]);
    const post = (amount: string, payee: string) =>
      colleague.send('POST', `${BOOK_URL}/payments`, bodyOf(pay(amount, 'YF', payee)));
    expect((await post('600.00', '乙')).status).toBe(201);
    const posting = { ...pay('600.00', 'YF', '丙') };
    const preview = await colleague.send('POST', `${BOOK_URL}/preview`, { posting });
    expect(preview.body).toMatchObject({ needsApproval: true, why: 'split' });
    expect((await post('600.00', '丙')).status).toBe(202);
    // whoever posts the other part
    const part = bodyOf(pay('600.00', 'YF', '戊'));
    expect((await clerk.send('POST', `${BOOK_URL}/payments`, part)).status).toBe(202);
    expect((await post('400.00', '丁')).status).toBe(201);
    const above = { posting: pay('1000.01') };
    expect((await clerk.send('POST', `${BOOK_URL}/preview`, above)).body).toMatchObject({
      needsApproval: true,
      why: 'threshold',
    });
    expect((await clerk.send('PUT', `${BOOK_URL}/approval-rule`, rule)).status).toBe(403);
  });
});

describe('where there are none', () => {
  let api: Api;
  beforeAll(async () => {
    api = await Api.start();
    await openBook(api);
  });
  afterAll(() => api.stop());

  it('who proposes and who approves is what the headers say, and postings are as ever', async () => {
    expect((await api.post(`${BOOK_URL}/adjustments`, 'a', bodyOf(adjust('1.00')))).status).toBe(
      201,
    );
    const proposed = await api.post(`${BOOK_URL}/proposals`, 'p', { posting: adjust('2.00') });
    const { hash } = proposalIn(proposed);
    const path = `${BOOK_URL}/proposals/p/approval`;
    const by = (actor: string) => api.post(path, '', { hash }, { 'x-actor': actor });
    expect((await by('clerk')).body.code).toBe('four-eyes');
    expect((await by('reviewer')).body).toMatchObject({ actor: 'clerk', approvedBy: 'reviewer' });
  });

  it('the payee is shown by name, and the event has none', async () => {
    const posting = pay('3.00', 'YF', '张三');
    const { text, body } = await api.post(`${BOOK_URL}/proposals`, 'q', { posting });
    expect(body['payee']).toBe('张三');
    expect(body['posting']).toMatchObject({ payee: { subject: expect.any(String) as unknown } });
    expect(text.match(/张三/g)).toHaveLength(1);
    const events = await api.ask(`${BOOK_URL}/events`);
    expect(events.text).not.toContain('张三');
  });

  it('says what approving now would be refused with', async () => {
    const url = '/api/v1/books/U-9/2023';
    const unit = { unitName: '局', divisionCode: '430203', divisionName: '区' };
    const project = { project: 'YF', name: '优抚', category: 'project', function: '2080899' };
    const common = { date: '2023-12-31' };
    for (const [path, body] of [
      ['/api/v1/books', { unit: 'U-9', fiscalYear: 2023, ...common, ...unit }],
      [`${url}/projects`, { ...common, ...project }],
    ] as const)
      expect((await api.post(path, path, body)).status).toBe(201);
    const closing = { ...common, command: 'close-year', reason: '结账', carryover: [] };
    const { hash } = proposalIn(await api.post(`${url}/proposals`, 'z', { posting: closing }));
    const document = { number: '批复', date: '2023-12-31' };
    const budget = { ...common, document, lines: [line('YF', '1.00')] };
    expect((await api.post(`${url}/appropriations`, 'b', budget)).status).toBe(201);
    const { refusal } = proposalIn(await api.ask(`${url}/proposals/z`));
    expect(refusal).toMatchObject({ code: 'carryover-mismatch' });
    const path = `${url}/proposals/z/approval`;
    const refused = await api.post(path, '', { hash }, { 'x-actor': 'reviewer' });
    expect([refused.status, refused.body.code]).toEqual([422, 'carryover-mismatch']);
  });

  it.each([
    ['no posting', {}, 'invalid-command'],
    ['a posting that is none', { posting: 'x' }, 'invalid-command'],
    ['a command that cannot be proposed', { posting: { command: 'open-book' } }, 'unknown-command'],
    ['a proposal in a proposal', { posting: { command: 'propose-posting' } }, 'unknown-command'],
    ['a field too many', { posting: { ...adjust('1.00'), id: 'x' } }, 'unknown-field'],
    ['an amount that is none', { posting: adjust('1e3') }, 'invalid-amount'],
    ['a wrong date', { posting: { ...adjust('1.00'), date: '2023-02-30' } }, 'invalid-date'],
  ])('%s is refused in the words of the gate', async (_, body, code) => {
    const { status, body: problem } = await api.post(`${BOOK_URL}/proposals`, 'bad', body);
    expect([status, problem.code]).toEqual([422, code]);
  });

  it('of a book or a proposal that is not there it says so', async () => {
    const nowhere = '/api/v1/books/nowhere/2023';
    for (const [path, code] of [
      [`${nowhere}/proposals`, 'unknown-book'],
      [`${BOOK_URL}/proposals/none`, 'unknown-proposal'],
    ] as const)
      expect(await api.ask(path)).toMatchObject({ status: 404, body: { code } });
    const hash = '0'.repeat(64);
    const approved = await api.post(`${BOOK_URL}/proposals/none/approval`, '', { hash });
    expect([approved.status, approved.body.code]).toEqual([404, 'unknown-proposal']);
    const previewed = await api.post(`${nowhere}/preview`, '', { posting: adjust('1.00') });
    expect([previewed.status, previewed.body.code]).toEqual([404, 'unknown-book']);
  });
});
