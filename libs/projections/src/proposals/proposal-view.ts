import {
  amountOfPosting,
  effectOf,
  formatFen,
  SOMEBODY,
  streamOfBook,
  type BookId,
  type BookState,
  type Command,
  type LedgerError,
  type LineEffect,
  type PostingContent,
  type ProposableName,
  type Proposal,
  type ProposalState,
} from '#domain';
import { eventJson, type StoredEvent } from '#event-store';
import type { Ledger } from '../ledger.js';

/** A proposal as it is now, and of an open one what approving it now would do or be refused with. */
export interface ProposalView extends BookId {
  readonly id: string;
  readonly version: number;
  readonly state: ProposalState;
  readonly kind: ProposableName;
  readonly hash: string;
  /** With the payee sealed. */
  readonly posting: PostingContent;
  /** The name of the payee, where the vault has it. */
  readonly payee?: string;
  /** Yuan. */
  readonly amount: string;
  readonly proposedBy: string;
  /** ISO 8601, UTC. */
  readonly proposedAt: string;
  /** Whole days since then. */
  readonly ageDays: number;
  readonly editedBy: readonly string[];
  readonly reason?: string;
  readonly effect: readonly LineEffect[];
  readonly refusal?: LedgerError;
}

/** One event of a proposal. */
export interface ProposalStep {
  readonly index: number;
  readonly revision: number;
  readonly type: string;
  readonly recordedAt: string;
  readonly actor: string;
  readonly approvedBy?: string;
  readonly reason?: string;
  readonly hash?: string;
}

export interface ProposalDetail extends ProposalView {
  /** Oldest first; of very many the newest. */
  readonly history: readonly ProposalStep[];
}

const DAY_MS = 86_400_000;
const MOST_STEPS = 200;

/** Reads the age from the log, and what an open one would do from its book as it is now. */
export async function viewOfProposal(
  ledger: Ledger,
  state: BookState,
  proposal: Proposal,
  now: Date,
): Promise<ProposalView> {
  const { id, version, hash, posting, proposedBy, editedBy, reason } = proposal;
  const { recordedAt } = eventJson(await eventAt(ledger, state.id, proposal.revisions[0]!));
  const payee = payeeOf(ledger, proposal);
  return {
    id,
    ...state.id,
    version,
    state: proposal.state,
    kind: posting.command,
    hash,
    posting,
    ...(payee !== undefined && { payee }),
    amount: formatFen(amountOfPosting(state, posting)),
    proposedBy,
    proposedAt: recordedAt,
    ageDays: Math.floor((now.getTime() - Date.parse(recordedAt)) / DAY_MS),
    editedBy,
    ...(reason !== undefined && { reason }),
    ...(proposal.state === 'open' ? await prospectOf(ledger, proposal) : { effect: [] }),
  };
}

/** The same with every step that led to it. */
export async function detailOfProposal(
  ledger: Ledger,
  state: BookState,
  proposal: Proposal,
  now: Date,
): Promise<ProposalDetail> {
  const history: ProposalStep[] = [];
  for (const revision of proposal.revisions.slice(-MOST_STEPS))
    history.push(stepOf(await eventAt(ledger, state.id, revision)));
  return { ...(await viewOfProposal(ledger, state, proposal, now)), history };
}

function stepOf(stored: StoredEvent): ProposalStep {
  const { index, revision, type, recordedAt, actor, approvedBy, data } = eventJson(stored);
  const { reason, hash } = data as { reason?: string; hash?: string };
  return {
    index,
    revision,
    type,
    recordedAt,
    actor,
    ...(approvedBy !== null && { approvedBy }),
    ...(reason !== undefined && { reason }),
    ...(hash !== undefined && { hash }),
  };
}

/** The posting that a proposal will be recorded as. */
export const postingOfProposal = ({ id, posting }: Proposal): Command => ({ ...posting, id });

async function prospectOf(
  ledger: Ledger,
  proposal: Proposal,
): Promise<Pick<ProposalView, 'effect' | 'refusal'>> {
  const { hash, proposedBy: actor } = proposal;
  const people = { actor, approvedBy: SOMEBODY, approves: hash, hash };
  const { state, decision } = await ledger.commands.preview(postingOfProposal(proposal), people);
  return decision.ok
    ? { effect: effectOf(state, decision.value) }
    : { effect: [], refusal: decision.error };
}

function payeeOf(ledger: Ledger, { posting }: Proposal): string | undefined {
  if (posting.command !== 'make-payment') return undefined;
  const { payee } = posting;
  return typeof payee === 'string' ? payee : ledger.vault.nameOf(payee.subject);
}

async function eventAt(ledger: Ledger, book: BookId, revision: number): Promise<StoredEvent> {
  const [stored] = await ledger.store.readStream(streamOfBook(book), revision, 1);
  if (!stored) throw new Error(`${streamOfBook(book)} has no revision ${revision}`);
  return stored;
}
