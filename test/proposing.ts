import { streamOfBook, type BookId, type Command, type ProposedPosting } from '#domain';
import type { Ledger } from '#projections';

/** A small book in which payments are proposed. */
export const BOOK: BookId = { unit: 'U-1', fiscalYear: 2024 };
export const PROPOSER = { actor: 'zhang.san', recordedAt: '2026-01-01T00:00:00.000Z' };
export const REVIEWER = 'zhao.liu';

const common = { ...BOOK, date: '2024-01-05' };
export const LINE = { project: 'P', fund: 'general-public-budget', origin: 'current' } as const;

/** An open book with 1000.00 on its one line. */
export const opening: readonly Command[] = [
  {
    ...common,
    command: 'open-book',
    id: 'book',
    unitName: '局',
    divisionCode: '43',
    divisionName: '区',
  },
  {
    ...common,
    command: 'register-project',
    id: 'project',
    project: 'P',
    name: '项目',
    category: 'project',
    function: '2080899',
  },
  {
    ...common,
    command: 'approve-budget',
    id: 'budget',
    document: { number: '批复', date: '2024-01-05' },
    lines: [{ ...LINE, amount: '1000.00' }],
  },
];

export const pay = (id: string, amount: string, payee = '供应商'): Command => ({
  ...BOOK,
  command: 'make-payment',
  id,
  date: '2024-03-01',
  payee,
  lines: [{ ...LINE, economic: '30201', amount }],
});

/** Proposes a posting under its own id. */
export function propose(posting: Command): Command {
  const { id, unit, fiscalYear, ...content } = posting;
  return {
    command: 'propose-posting',
    id: `propose:${id}`,
    unit,
    fiscalYear,
    date: posting.date,
    proposal: id,
    posting: content as ProposedPosting,
  };
}

/** Approves a proposal as it is now, or as it was when it had another hash. */
export async function approve(ledger: Ledger, id: string, approvedBy = REVIEWER, shown?: string) {
  const { state } = await ledger.commands.bookState(BOOK);
  const proposal = state.proposals.get(id);
  if (!proposal) throw new Error(`${streamOfBook(BOOK)} has no proposal ${id}`);
  const posting = { ...proposal.posting, id } as Command;
  const people = { ...PROPOSER, actor: proposal.proposedBy, approvedBy };
  return ledger.commands.run(posting, { ...people, approves: shown ?? proposal.hash });
}
