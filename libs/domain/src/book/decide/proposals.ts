import { contentOf, postingIn, type Command, type CommandOf } from '../commands.js';
import { accepted, refused, refusedAt, type LedgerError, type Result } from '../refusal.js';
import type { BookEvent, PostingProposed } from '../events.js';
import { withoutHolds } from '../evolve-proposals.js';
import { holdsOf } from '../holds.js';
import { PROPOSALS } from '../sentences/proposals.js';
import type { BookState, Proposal } from '../state.js';

/** Four eyes (复核): who proposes a posting and who approves it are two persons. */

/** Decides the posting that is proposed as if it were posted now by an approved proposal. */
export type DecidePosting = (posting: Command, state: BookState) => Result<BookEvent>;

/** What the decision of a proposal takes from outside. */
export interface Proposing {
  /** SHA-256 (hex) of the posting's content. */
  readonly hash: string;
  readonly decidePosting: DecidePosting;
}

export function proposePosting(
  command: CommandOf<'propose-posting'>,
  state: BookState,
  proposing: Proposing,
): Result<BookEvent> {
  const { proposal: id } = command;
  if (id === command.id) return refusedAt('/proposal', 'invalid-command', PROPOSALS.ownId({ id }));
  if (state.proposals.has(id) || state.postings.has(id))
    return refusedAt('/proposal', 'idempotency-mismatch', PROPOSALS.idUsed({ id }));
  const data = judgedPosting(command, state, proposing);
  return data.ok ? accepted({ type: 'PostingProposed', data: data.value }) : data;
}

export function reviseProposal(
  command: CommandOf<'revise-proposal'>,
  state: BookState,
  proposing: Proposing,
): Result<BookEvent> {
  const found = unsettled(state, command.proposal);
  if (!found.ok) return found;
  const data = judgedPosting(command, withoutHolds(state, found.value), proposing);
  if (!data.ok) return data;
  const { reason } = command;
  return accepted({
    type: 'ProposalRevised',
    data: { ...data.value, ...(reason !== undefined && { reason }) },
  });
}

/** What is stored of a posting that could be posted now; its refusal points into the proposal. */
function judgedPosting(
  command: CommandOf<'propose-posting'> | CommandOf<'revise-proposal'>,
  state: BookState,
  { hash, decidePosting }: Proposing,
): Result<PostingProposed> {
  const posting = postingIn(command)!;
  const event = decidePosting(posting, state);
  if (!event.ok) return { ok: false, error: pointingInto('/posting', event.error) };
  return accepted({
    proposal: command.proposal,
    hash,
    posting: contentOf(posting),
    holds: holdsOf(event.value),
  });
}

const pointingInto = (place: string, error: LedgerError): LedgerError =>
  error.errors
    ? { ...error, errors: error.errors.map((e) => ({ ...e, pointer: place + e.pointer })) }
    : error;

export function returnProposal(
  { proposal, hash, reason }: CommandOf<'return-proposal'>,
  state: BookState,
): Result<BookEvent> {
  const found = open(state, proposal);
  if (!found.ok) return found;
  if (found.value.hash !== hash) return changed(found.value);
  return accepted({ type: 'ProposalReturned', data: { proposal, hash, reason } });
}

export function withdrawProposal(
  { proposal, reason }: CommandOf<'withdraw-proposal'>,
  state: BookState,
): Result<BookEvent> {
  const found = unsettled(state, proposal);
  if (!found.ok) return found;
  return accepted({
    type: 'ProposalWithdrawn',
    data: { proposal, ...(reason !== undefined && { reason }) },
  });
}

/** Who approves what: `shown` is the hash of what the approver saw, `hash` that of the command itself. */
export interface Approval {
  readonly shown: string | undefined;
  readonly hash: string | undefined;
  readonly actor: string;
  readonly approvedBy: string | undefined;
}

/**
 * The proposal that a command approves by having its id: it is open, it is what the approver was shown, it is
 * posted in the name of who proposed it, and the approver neither proposed nor revised it.
 */
export function approvable(
  state: BookState,
  id: string,
  { shown, hash, actor, approvedBy }: Approval,
): Result<Proposal> {
  const found = open(state, id);
  if (!found.ok) return found;
  const proposal = found.value;
  if (shown === undefined || approvedBy === undefined)
    return refused(
      'approval-required',
      PROPOSALS.postedByApproving({ id, by: proposal.proposedBy }),
    );
  if (shown !== proposal.hash || hash !== proposal.hash) return changed(proposal);
  const { proposedBy, editedBy } = proposal;
  if (actor !== proposedBy)
    return refused('four-eyes', PROPOSALS.madeByAnother({ id, by: proposedBy, actor }));
  if (approvedBy === proposedBy || editedBy.includes(approvedBy))
    return refused(
      'four-eyes',
      (approvedBy === proposedBy ? PROPOSALS.proposer : PROPOSALS.reviser)({
        person: approvedBy,
        id,
      }),
    );
  return found;
}

function known(state: BookState, id: string): Result<Proposal> {
  const proposal = state.proposals.get(id);
  return proposal
    ? accepted(proposal)
    : refused('unknown-proposal', PROPOSALS.unknown({ book: state.id, id }));
}

function open(state: BookState, id: string): Result<Proposal> {
  const found = known(state, id);
  return found.ok && found.value.state !== 'open' ? notOpen(found.value) : found;
}

/** A proposal that may still become something: open, or returned to who made it. */
function unsettled(state: BookState, id: string): Result<Proposal> {
  const found = known(state, id);
  if (!found.ok) return found;
  const { state: is } = found.value;
  return is === 'withdrawn' || is === 'approved' ? notOpen(found.value) : found;
}

const notOpen = ({ id, state }: Proposal): Result<never> =>
  refused('proposal-not-open', PROPOSALS.notOpen({ id, state }));

const changed = ({ id, version }: Proposal): Result<never> =>
  refused('proposal-changed', PROPOSALS.changed({ id, version }));
