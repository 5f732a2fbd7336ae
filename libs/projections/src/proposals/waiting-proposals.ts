import { bookOfStream, type BookId, type ProposalState } from '#domain';
import type { ReadModelDatabase, Statement } from '../kernel/database.js';

/** Where a proposal waits, and since when (ISO 8601, UTC). */
export interface WaitingProposal extends BookId {
  readonly id: string;
  readonly state: Extract<ProposalState, 'open' | 'returned'>;
  readonly proposedBy: string;
  readonly proposedAt: string;
}

/** Whose: what a person may approve, having had no part in it; what a person proposed; or all. */
export type Waiting =
  { readonly for: 'anyone' } | { readonly for: 'approval' | 'proposer'; readonly person: string };

interface Row extends Omit<WaitingProposal, keyof BookId> {
  readonly stream: string;
}

const SELECT = `
  select b.stream, p.id, p.state, p.proposed_by as proposedBy, p.proposed_at as proposedAt
  from proposal p join book b on b.id = p.book`;
const OPEN = "p.state = 'open'";

/** Finds proposals that wait over all books, oldest first. */
export class WaitingProposals {
  readonly #all: Statement<[], Row>;
  readonly #forApproval: Statement<[string], Row>;
  readonly #ofProposer: Statement<[string], Row>;

  constructor(db: ReadModelDatabase) {
    this.#all = db.prepare(`${SELECT} where ${OPEN} order by p.idx`);
    this.#forApproval = db.prepare(
      `${SELECT} where ${OPEN} and not exists (select 1 from json_each(p.involved) where value = ?)
       order by p.idx`,
    );
    this.#ofProposer = db.prepare(
      `${SELECT} where p.state in ('open', 'returned') and p.proposed_by = ? order by p.idx`,
    );
  }

  /** At most `limit`, of books that are `seen`. */
  find(
    waiting: Waiting,
    seen: (unit: string) => boolean,
    limit: number,
  ): readonly WaitingProposal[] {
    const found: WaitingProposal[] = [];
    for (const { stream, ...proposal } of this.#rows(waiting)) {
      const book = bookOfStream(stream);
      if (!book || !seen(book.unit)) continue;
      found.push({ ...book, ...proposal });
      if (found.length === limit) break;
    }
    return found;
  }

  #rows(waiting: Waiting): IterableIterator<Row> {
    switch (waiting.for) {
      case 'anyone':
        return this.#all.iterate();
      case 'approval':
        return this.#forApproval.iterate(waiting.person);
      case 'proposer':
        return this.#ofProposer.iterate(waiting.person);
    }
  }
}
