import { setImmediate as turn } from 'node:timers/promises';
import { streamOfBook, type BookId } from '#domain';
import type { EventStore, StoredEvent } from '#event-store';
import { testOf, type EventFilter } from './event-filter.js';
import type { RevisionFinder } from './revision-finder.js';

export interface HistoryRequest {
  /** First index of the log, and last, inclusive. */
  readonly from: number;
  readonly to?: number;
  readonly limit: number;
}

export interface SearchRequest extends HistoryRequest {
  readonly newestFirst?: boolean;
  readonly filter?: EventFilter;
  /** After so long it ends where it is; the answer says where to read on. */
  readonly forMs?: number;
}

export interface Found<T> {
  readonly found: readonly T[];
  /** The index to read on from (`from`, of newest first `to`), where that may have more. */
  readonly next?: number;
}

const PAGE = 1000;
/** The index is sparse: so many more are read to have what is asked for at once. */
const SPARE = 128;

/** The events of a book, found in its stream by the sparse index of the log. */
export class BookHistory {
  constructor(
    private readonly store: EventStore,
    private readonly revisions: RevisionFinder,
  ) {}

  /** Goes through the stream between two indices until enough is found, the time is up or it ends. */
  async search<T>(
    id: BookId,
    request: SearchRequest,
    pick: (stored: StoredEvent) => T,
  ): Promise<Found<T>> {
    const { limit, filter, forMs = Infinity, newestFirst = false } = request;
    const fits = testOf(filter ?? {});
    const found: T[] = [];
    if (limit === 0) return { found };
    const until = performance.now() + forMs;
    for await (const page of newestFirst ? this.#down(id, request) : this.#up(id, request)) {
      for (const stored of page) {
        if (!fits(stored)) continue;
        found.push(pick(stored));
        if (found.length === limit) return { found, ...onwards(stored.index, newestFirst) };
      }
      if (performance.now() >= until) return { found, ...onwards(page.at(-1)!.index, newestFirst) };
    }
    return { found };
  }

  /** How many events the book has among the first `before` of the log. */
  async count(id: BookId, before: number): Promise<number> {
    const stream = streamOfBook(id);
    for (let revision = this.revisions.from(id, before - 1); ;) {
      const page = await this.store.readStream(stream, revision, PAGE);
      const beyond = page.findIndex(({ index }) => index >= before);
      if (beyond >= 0) return revision + beyond;
      if (page.length < PAGE) return revision + page.length;
      revision += PAGE;
    }
  }

  /** Events by their revisions in the book, in the order asked for; those that there are not are left out. */
  async at(id: BookId, revisions: readonly number[]): Promise<readonly StoredEvent[]> {
    const stream = streamOfBook(id);
    const found: StoredEvent[] = [];
    for (const { from, length } of runsOf(revisions))
      found.push(...(await this.store.readStream(stream, from, length)));
    return found;
  }

  async *#up(id: BookId, request: SearchRequest): AsyncGenerator<StoredEvent[]> {
    const { from, to = Infinity } = request;
    const stream = streamOfBook(id);
    const size = pageSize(request);
    for (let revision = this.revisions.from(id, from); ;) {
      const page = await this.store.readStream(stream, revision, size);
      const within = page.filter(({ index }) => index >= from && index <= to);
      if (within.length > 0) yield within;
      if (page.length < size || page.at(-1)!.index > to) return;
      revision += size;
      await turn(); // others are answered in between
    }
  }

  async *#down(id: BookId, request: SearchRequest): AsyncGenerator<StoredEvent[]> {
    const { from, to = Infinity } = request;
    const stream = streamOfBook(id);
    const size = pageSize(request);
    for (let end = await this.count(id, to + 1); end > 0;) {
      const start = Math.max(0, end - size);
      const page = await this.store.readStream(stream, start, end - start);
      const within = page.filter(({ index }) => index >= from).reverse();
      if (within.length > 0) yield within;
      if (within.length < page.length) return;
      end = start;
      await turn();
    }
  }
}

const pageSize = ({ limit, filter }: SearchRequest): number =>
  filter ? PAGE : Math.min(PAGE, limit + SPARE);

function onwards(last: number, newestFirst: boolean): { next?: number } {
  if (!newestFirst) return { next: last + 1 };
  return last > 0 ? { next: last - 1 } : {};
}

/** Neighbours are read at once. */
function runsOf(revisions: readonly number[]): { from: number; length: number }[] {
  const runs: { from: number; length: number }[] = [];
  for (const revision of revisions) {
    const last = runs.at(-1);
    if (last && revision === last.from + last.length) last.length += 1;
    else runs.push({ from: revision, length: 1 });
  }
  return runs;
}
