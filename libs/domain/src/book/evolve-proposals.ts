import { addFen, subtractFen, toFen, ZERO_FEN, type Fen } from '../money/index.js';
import { withClaims, withoutClaims } from './claims.js';
import type { Hold, PostingProposed, RecordedEvent } from './events.js';
import type { BookState, Proposal, ProposalState } from './state.js';
import { lineKeyText } from './vocabulary.js';

/** How proposals change a book: no money moves, but what they need is held. */

/** A new proposal, or another posting in the place of one; the holds are those of the new posting. */
export function proposed(
  state: BookState,
  { revision, actor }: RecordedEvent,
  data: PostingProposed & { readonly reason?: string },
): BookState {
  const { proposal: id, hash, posting, holds, reason } = data;
  const before = state.proposals.get(id);
  const after: Proposal = {
    id,
    state: 'open',
    version: (before?.version ?? 0) + 1,
    hash,
    posting,
    holds,
    proposedBy: before?.proposedBy ?? actor,
    editedBy: before ? editors(before, actor) : [],
    reason,
    revisions: [...(before?.revisions ?? []), revision],
  };
  const released = before ? withoutHolds(state, before) : state;
  return {
    ...withClaims(withHolds(released, holds, addFen), after),
    proposals: state.proposals.set(id, after),
  };
}

const editors = ({ proposedBy, editedBy }: Proposal, actor: string): readonly string[] =>
  actor === proposedBy || editedBy.includes(actor) ? editedBy : [...editedBy, actor];

/** A proposal that nobody can approve any more, or not for now. */
export function closedProposal(
  state: BookState,
  { revision }: RecordedEvent,
  { proposal: id, reason }: { readonly proposal: string; readonly reason?: string },
  to: Exclude<ProposalState, 'open'>,
): BookState {
  const before = state.proposals.get(id);
  if (!before) return state;
  const after = { ...before, state: to, reason, revisions: [...before.revisions, revision] };
  return { ...withoutHolds(state, before), proposals: state.proposals.set(id, after) };
}

/** The state in which a proposal is approved, where the event is the posting that it proposed. */
export function approved(state: BookState, recorded: RecordedEvent): BookState {
  const { commandId: proposal } = recorded;
  return state.proposals.get(proposal)?.state === 'open'
    ? closedProposal(state, recorded, { proposal }, 'approved')
    : state;
}

/** The state without what one proposal holds and claims: only an open one keeps anything from others. */
export const withoutHolds = (state: BookState, proposal: Proposal): BookState =>
  proposal.state === 'open'
    ? withoutClaims(withHolds(state, proposal.holds, subtractFen), proposal)
    : state;

function withHolds(
  state: BookState,
  holds: readonly Hold[],
  combine: (a: Fen, b: Fen) => Fen,
): BookState {
  let { lines } = state;
  for (const { account, amount, project, fund, origin } of holds) {
    const key = lineKeyText({ project, fund, origin });
    const line = lines.get(key) ?? { key: { project, fund, origin }, sums: {} };
    const held = combine(line.held?.[account] ?? ZERO_FEN, toFen(amount));
    lines = lines.set(key, { ...line, held: { ...line.held, [account]: held } });
  }
  return { ...state, lines };
}
