import { expect, describe, it } from '@jest/globals';
import fc from 'fast-check';
import { CONTROLLED_ACCOUNTS, decide, type Command, type DecisionContext } from '#domain';
import { hashOfCommand } from '#event-store';
import { propose } from './proposing.js';
import { acts, postingOf, RIVAL_BOOK, start, type Act } from './rival-histories.js';
import { approvalOf, Office, passed, withdrawalOf } from './rival-office.js';

const RUNS = { numRuns: 1000 };

/** What was asked and accepted, over all histories, by what it was. */
const counts = new Map<string, number>();
const count = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);

const figuresOf = (numbers: ReadonlyMap<string, number>): string =>
  [...numbers].map(([what, n]) => `${what} ${n}`).join(', ');

/** Does what an act says; answers the refusal of a posting, and what it was. */
function play(office: Office, act: Act, n: number) {
  const { way, who: actor } = act;
  const sent = (command: Command, context: DecisionContext) => {
    count('commands');
    const decision = office.send(command, context);
    if (decision.ok) count(way);
    return { command, context, decision };
  };
  if (way === 'propose' || way === 'post' || way === 'revise') {
    const posting = postingOf(office.state, act, `c${n}`);
    if (!posting) return undefined;
    if (way === 'post' || posting.command === 'acknowledge-allocation')
      return sent(posting, { actor });
    if (way === 'propose') return sent(propose(posting), { actor, hash: hashOfCommand(posting) });
    const of = pick([...office.state.proposals.values()], act.of);
    if (!of) return undefined;
    const revision = { ...propose({ ...posting, id: of.id }), id: `x${n}` };
    const command = { ...revision, command: 'revise-proposal' } as Command;
    return sent(command, { actor, hash: hashOfCommand(posting) });
  }
  const proposal = pick(office.open, act.of);
  if (!proposal) return undefined;
  if (way === 'approve') return sent(...approvalOf(proposal));
  if (way === 'withdraw') return sent(withdrawalOf(proposal, n), { actor });
  const { id, hash } = proposal;
  const back = { ...RIVAL_BOOK, id: `x${n}`, date: '2024-03-02', proposal: id, hash, reason: '退' };
  return sent({ ...back, command: 'return-proposal' }, { actor });
}

const pick = <T>(list: readonly T[], n: number): T | undefined => list[n % list.length];

function year(list: readonly Act[], after: (office: Office, n: number) => void): Office {
  const office = new Office();
  for (const command of start)
    expect(office.send(command, { actor: 'a' })).toMatchObject({ ok: true });
  list.forEach((act, n) => {
    play(office, act, n);
    after(office, n);
  });
  return office;
}

// planted and seen: the claim of a payment out of a reservation, a release, a refund, its procurement, a reversal, a
// voucher or the approval of a line left out; claims not let go; `namedEntry` and `reverseEntry` blind to claims; a
// payment that takes what others hold of its reservation; holds of lines not looked at
describe(`for ${RUNS.numRuns} random years of three people who want the same`, () => {
  it('every open proposal can be approved at any time, and all of them in any order', () => {
    fc.assert(
      fc.property(acts, fc.nat(), (list, order) => {
        count('histories');
        const office = year(list, ({ state, open }) => {
          for (const proposal of open) {
            expect(decide(approvalOf(proposal)[0], state, approvalOf(proposal)[1])).toMatchObject({
              ok: true,
            });
            count('approvals tried');
          }
        });
        for (let n = order; office.open.length > 0; n = n * 31 + 7) {
          const proposal = pick(office.open, n % 1_000_003)!;
          expect(office.send(...approvalOf(proposal))).toMatchObject({ ok: true });
          count('approvals at the end');
        }
        expect(office.state.claims.size).toBe(0);
      }),
      RUNS,
    );
    process.stdout.write(`holds: ${figuresOf(counts)}\n`);
    for (const way of ['propose', 'post', 'approve', 'return', 'revise', 'withdraw'])
      expect([way, (counts.get(way) ?? 0) > 50]).toEqual([way, true]);
  }, 240_000);

  it('what is held and used is never more than there is, at every prefix', () => {
    fc.assert(
      fc.property(
        acts,
        (list) => void year(list, ({ state }) => expect(passed(state)).toEqual([])),
      ),
      RUNS,
    );
  }, 240_000);

  it('withdrawn proposals leave the book as if they had never been made', () => {
    fc.assert(
      fc.property(acts, (list) => {
        const office = year(list, () => undefined);
        const { lines, postings, documents } = office.state;
        for (const [n, proposal] of office.open.entries())
          expect(office.send(withdrawalOf(proposal, n), { actor: 'a' })).toMatchObject({
            ok: true,
          });
        const { state } = office;
        expect(state.claims.size).toBe(0);
        for (const line of state.lines.values())
          for (const account of CONTROLLED_ACCOUNTS) expect(line.held?.[account] ?? 0).toBe(0);
        expect([...state.lines.values()].map((l) => l.sums)).toEqual(
          [...lines.values()].map((l) => l.sums),
        );
        expect([state.postings.equals(postings), state.documents.equals(documents)]).toEqual([
          true,
          true,
        ]);
      }),
      RUNS,
    );
  }, 240_000);

  it('a posting that only open proposals stand in the way of is refused with a word about them', () => {
    const refused = new Map<string, number>();
    fc.assert(
      fc.property(acts, (list) => {
        const office = new Office();
        for (const command of start) office.send(command, { actor: 'a' });
        list.forEach((act, n) => {
          const done = play(office, act, n);
          if (!done || done.decision.ok || !['propose', 'post'].includes(act.way)) return;
          const free = new Office();
          free.state = office.state;
          for (const [i, proposal] of free.open.entries())
            free.send(withdrawalOf(proposal, i), { actor: 'a' });
          if (!decide(done.command, free.state, done.context).ok) return;
          const { code, message } = done.decision.error;
          expect(message).toMatch(/open proposal/);
          refused.set(code, (refused.get(code) ?? 0) + 1);
        });
      }),
      RUNS,
    );
    process.stdout.write(`holds: refused for what others hold: ${figuresOf(refused)}\n`);
    for (const code of [
      ...['insufficient-budget', 'insufficient-carryover', 'insufficient-reservation'],
      ...['refund-exceeds-payment', 'already-reversed', 'not-reversible'],
      ...['already-approved', 'duplicate-document'],
    ])
      expect([code, (refused.get(code) ?? 0) > 5]).toEqual([code, true]);
  }, 240_000);
});
