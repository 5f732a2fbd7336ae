import { Inject } from '@nestjs/common';
import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { LedgerRefusal, type BookId } from '#domain';
import type { StoredEvent } from '#event-store';
import { ASKING, Ledger, type SearchRequest } from '#projections';
import { LedgerQuery, waited } from './queries.js';

/** A search is bounded: who wants the rest reads on. */
const SEARCH_MS = 150;

interface OfBook {
  /** How many events the log has, and the book has among the known ones. */
  readonly logSize: number;
  readonly total: number;
  /** The index to read on from. */
  readonly next?: number;
}

export interface EventPage extends OfBook {
  readonly events: readonly StoredEvent[];
}

export interface Matches extends OfBook {
  readonly revisions: readonly number[];
}

interface Asked {
  readonly book: BookId;
  readonly request: SearchRequest;
  /** How many events of the log are known; all where left out. */
  readonly knownAt: number | undefined;
}

export class GetEvents extends LedgerQuery<EventPage> {
  constructor(
    /** With `revisions`: exactly those. */
    readonly asked: Asked & { readonly revisions: readonly number[] | undefined },
    position?: number,
  ) {
    super(position);
  }
}

/** Where in a book the events lie that a filter lets through. */
export class FindEvents extends LedgerQuery<Matches> {
  constructor(
    readonly asked: Asked,
    position?: number,
  ) {
    super(position);
  }
}

@QueryHandler(GetEvents)
export class GetEventsHandler implements IQueryHandler<GetEvents> {
  constructor(@Inject(Ledger) private readonly ledger: Ledger) {}

  async execute({ asked, position }: GetEvents): Promise<EventPage> {
    const { book, request, revisions } = asked;
    const { histories } = this.ledger;
    const sizes = await sizesOf(this.ledger, asked, position);
    if (revisions) {
      const known = revisions.filter((revision) => revision < sizes.total);
      return { events: await histories.at(book, known), ...sizes };
    }
    const { found, next } = await histories.search(book, bounded(request), (stored) => stored);
    return { events: found, ...sizes, ...(next !== undefined && { next }) };
  }
}

@QueryHandler(FindEvents)
export class FindEventsHandler implements IQueryHandler<FindEvents> {
  constructor(@Inject(Ledger) private readonly ledger: Ledger) {}

  async execute({ asked, position }: FindEvents): Promise<Matches> {
    const { book, request } = asked;
    const sizes = await sizesOf(this.ledger, asked, position);
    const { found, next } = await this.ledger.histories.search(
      book,
      bounded(request),
      ({ revision }) => revision,
    );
    return { revisions: found, ...sizes, ...(next !== undefined && { next }) };
  }
}

const bounded = (request: SearchRequest): SearchRequest => ({ ...request, forMs: SEARCH_MS });

async function sizesOf(
  ledger: Ledger,
  { book, knownAt }: Asked,
  position: number | undefined,
): Promise<{ readonly logSize: number; readonly total: number }> {
  await waited(ledger, position);
  const logSize = await ledger.store.size();
  if (knownAt !== undefined && knownAt > logSize)
    throw LedgerRefusal.of(
      'known-at-beyond-log',
      ASKING.notKnownYet({ size: logSize, at: knownAt }),
    );
  const total = await ledger.histories.count(book, knownAt ?? logSize);
  // an unknown book is 404, not an empty list
  if (total === 0) ledger.figures(book, {});
  return { logSize, total };
}
