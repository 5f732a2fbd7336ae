import { expect } from '@jest/globals';
import {
  contentOf,
  decide,
  emptyBook,
  evolve,
  formatFen,
  postingIn,
  readCommand,
  sumOfLine,
  balanceOf,
  ZERO_FEN,
  type Account,
  type BookEventData,
  type BookEventType,
  type BookState,
  type LedgerErrorCode,
} from '../index.js';

/** Loose on purpose: specs also give what the gate must refuse. */
export type Given = Readonly<Record<string, unknown>>;

const BOOK = { unit: 'U', fiscalYear: 2023 };
let count = 0;

/** A command of book U 2023 with an id of its own, on 1 June unless it says otherwise. */
export const command = (name: string, body: Given): Given => ({
  command: name,
  id: `c${++count}`,
  ...BOOK,
  date: '2023-06-01',
  ...body,
});

const document = (number: string) => ({ number, date: '2023-01-05' });
const line = (project: string, amount: string, more: Given = {}) => ({
  project,
  fund: 'general-public-budget',
  origin: 'current',
  amount,
  ...more,
});
const paper = () => document(`文${++count}`);

export const bookOpened = () =>
  command('open-book', { unitName: '测试局', divisionCode: '430203', divisionName: '测试区' });
export const projectRegistered = (project: string, more: Given = {}) =>
  command('register-project', {
    project,
    name: `${project}项目`,
    category: 'project',
    function: '2080899',
    ...more,
  });
export const approve = (project: string, amount: string, more: Given = {}) =>
  command('approve-budget', { document: paper(), lines: [line(project, amount)], ...more });
export const bringIn = (project: string, amount: string, sourceFiscalYear = 2022) =>
  command('bring-in-carryover', {
    document: paper(),
    fromFiscalYear: 2022,
    lines: [line(project, amount, { origin: 'carryover', sourceFiscalYear })],
  });
export const adjust = (project: string, amount: string, more: Given = {}) =>
  command('adjust-budget', {
    document: paper(),
    reason: '调整',
    lines: [line(project, amount, more)],
  });
export const transfer = (from: string, to: string, amount: string) =>
  command('transfer-budget', {
    document: paper(),
    reason: '调剂',
    lines: [line(from, `-${amount}`), line(to, amount)],
  });
export const allocate = (project: string, amount: string, more: Given = {}) =>
  command('allocate-directly', {
    document: paper(),
    recipient: { code: 'jd', name: '街道' },
    reason: '直拨',
    lines: [line(project, amount, more)],
  });
export const acknowledge = (allocation: unknown, amount: string) =>
  command('acknowledge-allocation', { allocation, amount });
export const reserve = (project: string, amount: string, more: Given = {}) =>
  command('reserve', {
    document: paper(),
    reason: '合同',
    lines: [line(project, amount)],
    ...more,
  });
export const release = (reservation: unknown, project: string, amount: string) =>
  command('release', { reservation, reason: '合同减少', lines: [line(project, amount)] });
export const pay = (project: string, amount: string, more: Given = {}, lineMore: Given = {}) =>
  command('make-payment', {
    payee: '供应商',
    lines: [line(project, amount, { economic: '30201', ...lineMore })],
    ...more,
  });
export const refund = (payment: unknown, project: string, amount: string, more: Given = {}) =>
  command('refund-payment', {
    payment,
    reason: '退回',
    lines: [line(project, amount, { economic: '30201' })],
    ...more,
  });
export const reverse = (entry: Given, more: Given = {}) =>
  command('reverse-entry', { entry: entry['id'], reason: '记错', ...more });
export const close = (carryover: readonly Given[]) =>
  command('close-year', { date: '2023-12-31', reason: '结账', carryover });
export const remainder = (project: string, amount: string, more: Given = {}) =>
  line(project, amount, more);

interface Outcome {
  readonly state: BookState;
  readonly event?: { type: BookEventType; data: unknown };
  readonly error?: { code: LedgerErrorCode; message: string };
}

function apply(state: BookState, given: Given, people: Given, revision: number): Outcome {
  const read = readCommand(given);
  if (!read.ok) return { state, error: read.error };
  const hash = hashOf(contentOf(postingIn(read.value) ?? read.value));
  const context = { actor: 'clerk', hash, ...people };
  const decision = decide(read.value, state, context);
  if (!decision.ok) return { state, error: decision.error };
  const { id: commandId, date } = read.value;
  const event = decision.value;
  const { actor, approvedBy } = context as { actor: string; approvedBy?: string };
  return { state: evolve(state, { event, revision, commandId, date, actor, approvedBy }), event };
}

/** A stand-in for the hash of a posting, which the domain takes as it is given: 64 hex digits. */
function hashOf(content: object): string {
  const sorted = (value: unknown): unknown =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
      : value;
  const text = JSON.stringify(content, (_, value: unknown) => sorted(value));
  let h = 0n;
  for (const c of text) h = (h * 1_000_003n + BigInt(c.codePointAt(0)!)) % 2n ** 256n;
  return h.toString(16).padStart(64, '0');
}

/** Proposes a posting of `command` under the posting's own id. */
export const propose = (posting: Given): Given => {
  const proposed: Record<string, unknown> = { ...posting };
  for (const field of ['id', ...Object.keys(BOOK)]) delete proposed[field];
  return command('propose-posting', { proposal: posting['id'], posting: proposed });
};
export const revise = (proposal: Given, posting: Given): Given => ({
  ...propose({ ...posting, id: proposal['proposal'] }),
  command: 'revise-proposal',
});
/** The posting that a proposal or a revision is about, and its hash: what a reviewer is shown. */
export function shown(proposal: Given) {
  const posting = { ...BOOK, id: proposal['proposal'], ...(proposal['posting'] as Given) };
  const read = readCommand(posting);
  if (!read.ok) throw new Error(read.error.message);
  return { posting, hash: hashOf(contentOf(read.value)) };
}
/** Approves what is shown, by default as a reviewer that had no part in it. */
export const approval = (proposal: Given, people: Given = {}): Step => {
  const { posting, hash } = shown(proposal);
  return [posting, { approves: hash, approvedBy: 'reviewer', ...people }];
};
export const giveBack = (proposal: Given): Given =>
  command('return-proposal', {
    proposal: proposal['proposal'],
    hash: shown(proposal).hash,
    reason: '附件不全',
  });
export const withdraw = (proposal: Given): Given =>
  command('withdraw-proposal', { proposal: proposal['proposal'] });
export const setRule = (threshold: string, windowDays = 7): Given =>
  command('set-approval-rule', { threshold, windowDays });

/** A command by the usual people, or by others. */
type Step = Given | readonly [Given, Given];
const isBy = (step: Step): step is readonly [Given, Given] => Array.isArray(step);

/** given(commands that were accepted).when(a command).then… : how every rule of a book is told. */
export function given(...steps: readonly Step[]) {
  let state = emptyBook(BOOK);
  steps.forEach((step, i) => {
    const [c, people] = isBy(step) ? step : [step, { approvedBy: 'reviewer' }];
    const outcome = apply(state, c, people, i);
    if (outcome.error) throw new Error(`given ${String(c['command'])}: ${outcome.error.message}`);
    state = outcome.state;
  });
  return {
    state,
    when(step: Step, by: Given = {}) {
      const [next, people] = isBy(step) ? step : [step, by];
      const outcome = apply(state, next, people, steps.length);
      return {
        /** Accepted as this event, with at least this payload. */
        then<T extends BookEventType>(type: T, data: Partial<BookEventData[T]> = {}) {
          if (outcome.error) throw new Error(`${outcome.error.code}: ${outcome.error.message}`);
          expect(outcome.event!.type).toBe(type);
          expect(outcome.event!.data).toMatchObject(data);
          return this;
        },
        /** Refused with this word, in a sentence that says all of these. */
        refused(code: LedgerErrorCode, ...says: readonly string[]) {
          expect(outcome.error?.code).toBe(code);
          for (const words of says) expect(outcome.error!.message).toContain(words);
          expect(outcome.state).toBe(state);
        },
        /** Balances of an account by `project` (origin current) or `project/carryover`. */
        expect(account: Account, balances: Readonly<Record<string, string>>) {
          for (const [key, amount] of Object.entries(balances)) {
            const [project, origin = 'current'] = key.split('/');
            const found = outcome.state.lines.get(`${project}|general-public-budget|${origin}`);
            expect([key, formatFen(sumOfLine(found, balanceOf(account)))]).toEqual([key, amount]);
          }
          return this;
        },
        /** What open proposals hold of the executable budget, by `project` (origin current). */
        held(amounts: Readonly<Record<string, string>>) {
          for (const [project, amount] of Object.entries(amounts)) {
            const line = outcome.state.lines.get(`${project}|general-public-budget|current`);
            const held = formatFen(line?.held?.executable ?? ZERO_FEN);
            expect([project, held]).toEqual([project, amount]);
          }
          return this;
        },
      };
    },
  };
}
