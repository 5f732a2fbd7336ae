import type { BookEvent, PostingProposed } from '#domain';
import { parseEnvelope } from '#event-store';
import type { ReadModelDatabase } from '../kernel/database.js';
import type { LogEvent, Projection, ProjectionWriter } from '../kernel/projection.js';

/**
 * Where proposals wait, over all books: who made them, who had a hand in them, since when. What they would do
 * now is for the book to say. An event with the id of an open proposal is its approval.
 */
const SCHEMA = `
  create table if not exists proposal(
    book integer not null, id text not null, state text not null,
    idx integer not null, proposed_by text not null, proposed_at text not null, involved text not null,
    primary key(book, id)
  ) strict, without rowid;
  create index if not exists proposal_waiting on proposal(idx) where state in ('open', 'returned');`;

export const proposalsProjection: Projection = {
  name: 'proposals',
  tables: ['proposal'],
  schema: SCHEMA,
  writer: (db) => new ProposalsWriter(db),
};

type Key = [book: number, id: string];

class ProposalsWriter implements ProjectionWriter {
  /** The open ones, read when the first event comes: most events are asked for nothing else. */
  #open: Set<string> | undefined;
  readonly #readOpen;
  readonly #involved;
  readonly #add;
  readonly #revise;
  readonly #setState;

  constructor(db: ReadModelDatabase) {
    this.#readOpen = db.prepare<[], { book: number; id: string }>(
      "select book, id from proposal where state = 'open'",
    );
    this.#involved = db
      .prepare<Key, string>('select involved from proposal where book = ? and id = ?')
      .pluck();
    this.#add = db.prepare<[...Key, number, string, string, string]>(
      "insert or ignore into proposal values (?, ?, 'open', ?, ?, ?, ?)",
    );
    this.#revise = db.prepare<[string, ...Key]>(
      "update proposal set state = 'open', involved = ? where book = ? and id = ?",
    );
    this.#setState = db.prepare<[string, ...Key]>(
      'update proposal set state = ? where book = ? and id = ?',
    );
  }

  apply(event: LogEvent): void {
    const { book, commandId } = event;
    this.#open ??= new Set(this.#readOpen.all().map((p) => keyText(p.book, p.id)));
    if (this.#open.size > 0 && this.#open.has(keyText(book, commandId)))
      this.#close(book, commandId, 'approved');
    this.#propose(event, event.event);
  }

  #propose(recorded: LogEvent, event: BookEvent): void {
    const { book } = recorded;
    switch (event.type) {
      case 'PostingProposed':
        return this.#added(recorded, event.data);
      case 'ProposalRevised':
        return this.#revised(recorded, event.data);
      case 'ProposalReturned':
        return this.#close(book, event.data.proposal, 'returned');
      case 'ProposalWithdrawn':
        return this.#close(book, event.data.proposal, 'withdrawn');
      default:
    }
  }

  #added({ book, index, envelope }: LogEvent, { proposal }: PostingProposed): void {
    const { actor, recordedAt } = parseEnvelope(envelope);
    this.#add.run(book, proposal, index, actor, recordedAt, JSON.stringify([actor]));
    this.#open!.add(keyText(book, proposal));
  }

  #revised({ book, envelope }: LogEvent, { proposal }: PostingProposed): void {
    const { actor } = parseEnvelope(envelope);
    const involved = JSON.parse(this.#involved.get(book, proposal) ?? '[]') as string[];
    this.#revise.run(JSON.stringify([...new Set([...involved, actor])]), book, proposal);
    this.#open!.add(keyText(book, proposal));
  }

  #close(book: number, id: string, state: 'approved' | 'returned' | 'withdrawn'): void {
    this.#setState.run(state, book, id);
    this.#open!.delete(keyText(book, id));
  }

  flush(): void {}

  reset(): void {
    this.#open = undefined;
  }
}

const keyText = (book: number, id: string): string => `${book}\n${id}`;
