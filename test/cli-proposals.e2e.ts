import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { fiscal } from './cli.js';
import { BOOK, opening, pay, propose } from './proposing.js';

const data = mkdtempSync(join(tmpdir(), 'fiscal-cli-proposals-'));
afterAll(() => rmSync(data, { recursive: true }));
const place = ['--unit', BOOK.unit, '--year', String(BOOK.fiscalYear), '--data', data];
const proposals = (...args: string[]) => fiscal(['proposals', ...args, ...place]);
const json = async <T>(...args: string[]): Promise<T> =>
  (await proposals(...args, '--json')).json<T>();
interface Shown {
  readonly hash: string;
  readonly state: string;
  readonly history: { type: string }[];
}

beforeAll(async () => {
  const commands = [...opening, ...['a', 'b', 'c'].map((id) => propose(pay(id, '10.00', '甲')))];
  const lines = commands.map((c) => JSON.stringify(c)).join('\n');
  const answer = await fiscal(['import', '-', '--actor', 'zhang', '--data', data, '--json'], lines);
  expect(answer.json()).toEqual({ accepted: 6, replayed: 0, rejected: [] });
});

it('lists what waits and shows what an approval is bound to', async () => {
  const { stdout } = await proposals('list');
  expect(stdout).toMatch(/^a {2}open .*make-payment {2}10\.00 {2}甲 {2}zhang\n/);
  expect(stdout.trimEnd().split('\n')).toHaveLength(3);
  const { hash } = await json<Shown>('show', 'a');
  const shown = await proposals('show', 'a');
  expect(shown.stdout).toContain(`version 1, hash ${hash}`);
  expect(shown.stdout).toContain('executable 1000.00 → 990.00');
  const events = await fiscal(['events', ...place]);
  expect(events.stdout).toMatch(/PostingProposed {2}a make-payment {2}zhang/);
});

it('approves by another person only, and what was shown only', async () => {
  const { hash } = await json<Shown>('show', 'a');
  const own = await proposals('approve', 'a', '--hash', hash, '--actor', 'zhang');
  expect([own.code, own.stderr]).toEqual([1, expect.stringContaining('four-eyes')]);
  const other = await proposals('approve', 'a', '--hash', '0'.repeat(64), '--actor', 'li');
  expect([other.code, other.stderr]).toEqual([1, expect.stringContaining('proposal-changed')]);
  const done = await proposals('approve', 'a', '--hash', hash, '--actor', 'li', '--json');
  expect([done.code, done.json()]).toEqual([
    0,
    { index: 6, type: 'PaymentMade', id: 'a', actor: 'zhang', approvedBy: 'li' },
  ]);
  expect((await json<Shown>('show', 'a')).state).toBe('approved');
});

it('returns and withdraws', async () => {
  const { hash } = await json<Shown>('show', 'b');
  const reason = ['--reason', '附件不全'];
  expect((await proposals('return', 'b', '--hash', hash, ...reason, '--actor', 'li')).code).toBe(0);
  expect((await proposals('withdraw', 'b', '--actor', 'zhang')).stdout).toContain('withdrawn');
  const again = await proposals('withdraw', 'b', '--actor', 'zhang');
  expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('proposal-not-open')]);
  const { history } = await json<Shown>('show', 'b');
  expect(history.map((h) => h.type)).toEqual([
    'PostingProposed',
    'ProposalReturned',
    'ProposalWithdrawn',
  ]);
  expect((await json<{ proposals: unknown[] }>('list', '--state', 'all')).proposals).toHaveLength(
    3,
  );
});

it('says what it does not know', async () => {
  expect((await proposals('show', 'none')).stderr).toContain('unknown-proposal');
  expect((await proposals('list', '--state', 'lost')).code).toBe(2);
  expect((await proposals('approve', 'c', '--actor', 'li')).code).toBe(2);
});
