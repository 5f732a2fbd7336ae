import { LedgerRefusal, type BookId, type BookState, type Proposal, PROPOSALS } from '#domain';
import type { CommandMeta, Recorded } from '#event-store';
import type { Ledger } from '../ledger.js';
import { postingOfProposal } from './proposal-view.js';
import { ASKING } from '../sentences/asking.js';

/** A proposal of a book; throws LedgerRefusal `unknown-proposal`. */
export function knownProposal(state: BookState, id: string): Proposal {
  const proposal = state.proposals.get(id);
  if (proposal) return proposal;
  throw LedgerRefusal.of('unknown-proposal', PROPOSALS.unknown({ book: state.id, id }));
}

/** Who approves, when, and the hash of what they were shown. */
export interface ApprovalBy extends Omit<CommandMeta, 'actor' | 'approves' | 'approvedBy'> {
  readonly approvedBy: string;
  readonly hash: string;
}

/**
 * Posts the posting that was proposed, in the name of who proposed it; the same approver is answered again as the
 * first time. Throws LedgerRefusal as `decide` refuses, and `proposal-not-open` where another one approved it.
 */
export async function approveProposal(
  ledger: Ledger,
  book: BookId,
  id: string,
  { approvedBy, hash, ...meta }: ApprovalBy,
): Promise<Recorded> {
  const { state } = await ledger.commands.bookState(book);
  const proposal = knownProposal(state, id);
  // of one that was approved before the log itself answers, and looks at the posting only
  if (proposal.hash !== hash)
    throw LedgerRefusal.of(
      'proposal-changed',
      PROPOSALS.changed({ id, version: proposal.version }),
    );
  const people = { ...meta, actor: proposal.proposedBy, approvedBy, approves: hash };
  const result = await ledger.commands.run(postingOfProposal(proposal), people);
  if (!result.ok) throw new LedgerRefusal(result.error);
  const { replayed, approvedBy: by } = result.value;
  if (replayed && by !== approvedBy)
    throw LedgerRefusal.of(
      'proposal-not-open',
      by === undefined ? ASKING.settledByNobody({ id }) : ASKING.settledByOther({ id, by }),
    );
  return result.value;
}
