import {
  amountOfPosting,
  effectOf,
  formatFen,
  SOMEBODY,
  streamOfBook,
  type BookState,
  type Command,
  type Proposal,
} from '#domain';
import { eventJson, type StoredEvent } from '#event-store';
import type { Ledger } from '#projections';
import type { ProposalDetailDto, ProposalDto, ProposalStepDto } from '../dto/proposals.js';

const DAY_MS = 86_400_000;
const MOST_STEPS = 200;

/** A proposal as it is now, and what approving it now would do or be refused with. */
export async function viewOf(
  ledger: Ledger,
  { id: book, ...state }: BookState,
  proposal: Proposal,
  now: Date,
): Promise<ProposalDto> {
  const { id, version, state: is, hash, posting, proposedBy, editedBy, reason } = proposal;
  const first = await eventAt(ledger, book, proposal.revisions[0]!);
  const { recordedAt } = eventJson(first);
  const payee = payeeOf(ledger, proposal);
  return {
    id,
    ...book,
    version,
    state: is,
    kind: posting.command,
    hash,
    posting: posting as ProposalDto['posting'],
    ...(payee !== undefined && { payee }),
    amount: formatFen(amountOfPosting({ id: book, ...state }, posting)),
    proposedBy,
    proposedAt: recordedAt,
    ageDays: Math.floor((now.getTime() - Date.parse(recordedAt)) / DAY_MS),
    editedBy,
    ...(reason !== undefined && { reason }),
    ...(is === 'open' ? await prospectOf(ledger, proposal) : { effect: [] }),
  };
}

/** The same with every step that led to it. */
export async function detailOf(
  ledger: Ledger,
  state: BookState,
  proposal: Proposal,
  now: Date,
): Promise<ProposalDetailDto> {
  const steps: ProposalStepDto[] = [];
  for (const revision of proposal.revisions.slice(-MOST_STEPS))
    steps.push(stepOf(await eventAt(ledger, state.id, revision)));
  return { ...(await viewOf(ledger, state, proposal, now)), history: steps };
}

function stepOf(stored: StoredEvent): ProposalStepDto {
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

/** The posting that an open proposal will be recorded as. */
export const commandOf = ({ id, posting }: Proposal): Command => ({ ...posting, id });

async function prospectOf(
  ledger: Ledger,
  proposal: Proposal,
): Promise<Pick<ProposalDto, 'effect' | 'refusal'>> {
  const { hash, proposedBy: actor } = proposal;
  const people = { actor, approvedBy: SOMEBODY, approves: hash, hash };
  const { state, decision } = await ledger.commands.preview(commandOf(proposal), people);
  return decision.ok
    ? { effect: effectOf(state, decision.value) }
    : { effect: [], refusal: decision.error };
}

function payeeOf(ledger: Ledger, { posting }: Proposal): string | undefined {
  if (posting.command !== 'make-payment') return undefined;
  const { payee } = posting;
  return typeof payee === 'string' ? payee : ledger.vault.nameOf(payee.subject);
}

async function eventAt(
  ledger: Ledger,
  book: BookState['id'],
  revision: number,
): Promise<StoredEvent> {
  const [stored] = await ledger.store.readStream(streamOfBook(book), revision, 1);
  if (!stored) throw new Error(`${streamOfBook(book)} has no revision ${revision}`);
  return stored;
}
