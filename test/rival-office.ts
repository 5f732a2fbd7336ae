import {
  balanceOf,
  CONTROLLED_ACCOUNTS,
  decide,
  emptyBook,
  evolve,
  sumOfLine,
  type BookState,
  type Command,
  type DecisionContext,
  type Posting,
  type Proposal,
} from '#domain';
import { RIVAL_BOOK } from './rival-histories.js';

type Left = NonNullable<Posting['left']>;

const APPROVER = 'zhao.liu';

/** A book as it goes on, and what was asked of it. */
export class Office {
  state: BookState = emptyBook(RIVAL_BOOK);
  #revision = 0;

  send(command: Command, context: DecisionContext) {
    const decision = decide(command, this.state, context);
    if (!decision.ok) return decision;
    const { id: commandId, date } = command;
    const { actor, approvedBy } = context;
    const recorded = { event: decision.value, revision: this.#revision++, commandId, date };
    this.state = evolve(this.state, { ...recorded, actor, approvedBy });
    return decision;
  }

  get open(): readonly Proposal[] {
    return [...this.state.proposals.values()].filter((p) => p.state === 'open');
  }
}

export const approvalOf = ({ id, posting, hash, proposedBy: actor }: Proposal) =>
  [
    { ...posting, id },
    { actor, approvedBy: APPROVER, approves: hash, hash },
  ] as const satisfies [Command, DecisionContext];

export const withdrawalOf = ({ id }: Proposal, n: number): Command => ({
  ...RIVAL_BOOK,
  command: 'withdraw-proposal',
  id: `w-${n}-${id}`,
  date: '2024-03-02',
  proposal: id,
});

/** Where more is held of a line, or claimed of an entry, than there is; or the same thing twice. */
export function passed(state: BookState): readonly string[] {
  const lines = [...state.lines].filter(([, line]) =>
    CONTROLLED_ACCOUNTS.some((a) => sumOfLine(line, balanceOf(a)) < (line.held?.[a] ?? 0)),
  );
  const claims = [...state.claims].filter(([key, list]) => {
    const [what, id] = key.split('\n') as [string, string];
    if (what === 'taking')
      return isOvertaken(
        state.postings.get(id)!,
        list.map((c) => c.what!),
      );
    if (what === 'reversal')
      return (
        list.length > 1 ||
        state.postings.get(id)!.reversedBy !== undefined ||
        state.claims.has(`taking\n${id}`)
      );
    // without the prior book carryover may come in by several papers
    return what !== 'carryover' && (list.length > 1 || state.documents.has(key));
  });
  return [...lines, ...claims].map(([key]) => key);
}

function isOvertaken({ left, reversedBy }: Posting, whats: readonly Left[]): boolean {
  const sum = (of: (what: Left) => number) => whats.reduce((all, what) => all + of(what), 0);
  const isMore = ([at, has]: [string, number]) => sum((what) => what.amounts[at] ?? 0) > has;
  return (
    reversedBy !== undefined ||
    Object.entries(left!.amounts).some(isMore) ||
    sum((what) => what.procurementFen) > left!.procurementFen
  );
}
