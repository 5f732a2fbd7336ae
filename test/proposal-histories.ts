import fc from 'fast-check';
import type { Command } from '#domain';
import { BOOK, LINE, opening, propose } from './proposing.js';

/** What somebody does in a random year with proposals: which one, by whom, and how much, are picked by number. */
export interface Act {
  readonly kind:
    'propose' | 'approve' | 'approve-stale' | 'return' | 'revise' | 'withdraw' | 'post';
  readonly who: string;
  readonly of: number;
  readonly command: 'make-payment' | 'adjust-budget' | 'reserve' | 'transfer-budget';
  /** Fen above zero. */
  readonly amount: number;
}

const PEOPLE = ['zhang.san', 'li.si', 'wang.wu'];

/** Amounts are such that two or three of them use a line up. */
const act: fc.Arbitrary<Act> = fc.record({
  kind: fc.constantFrom(
    ...(['propose', 'propose', 'approve', 'approve', 'approve-stale'] as const),
    ...(['return', 'revise', 'withdraw', 'post'] as const),
  ),
  who: fc.constantFrom(...PEOPLE),
  of: fc.nat(),
  command: fc.constantFrom(
    'make-payment',
    'make-payment',
    'adjust-budget',
    'reserve',
    'transfer-budget',
  ),
  amount: fc.integer({ min: 1, max: 60_000 }),
});

export const acts = fc.array(act, { minLength: 15, maxLength: 50 });

/** The book of `opening`, with a second project on another line. */
export const twoLines: readonly Command[] = [
  ...opening,
  { ...(opening[1] as Command & { command: 'register-project' }), id: 'p2', project: 'Q' },
];

const yuan = (fen: number): string => {
  const digits = String(fen).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

/** The posting that an act is about, under an id of its own. */
export function postingOf({ command, amount }: Act, id: string, papers: string): Command {
  const date = '2024-03-01';
  const common = { ...BOOK, id, date };
  const paper = { document: { number: papers, date }, reason: '事由' };
  switch (command) {
    case 'make-payment':
      return {
        ...common,
        command,
        payee: '供应商',
        lines: [{ ...LINE, economic: '30201', amount: yuan(amount) }],
      };
    case 'adjust-budget':
      return { ...common, command, ...paper, lines: [{ ...LINE, amount: `-${yuan(amount)}` }] };
    case 'reserve':
      return { ...common, command, ...paper, lines: [{ ...LINE, amount: yuan(amount) }] };
    case 'transfer-budget':
      return {
        ...common,
        command,
        ...paper,
        lines: [
          { ...LINE, amount: `-${yuan(amount)}` },
          { ...LINE, project: 'Q', amount: yuan(amount) },
        ],
      };
  }
}

/** The same posting in the place of what a proposal has now. */
export const revision = (proposal: string, posting: Command, id: string): Command =>
  ({ ...propose({ ...posting, id: proposal }), command: 'revise-proposal', id }) as Command;
