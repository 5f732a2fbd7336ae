import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { answer, api } from '../../api/client.js';
import type { EventJson } from '../../api/types.js';
import { pathOf, type BookPlace } from '../../app/book.js';

/** Events never change: what was read once need not be read again. So many are kept. */
const MOST_KEPT = 5000;

type Known = ReadonlyMap<number, EventJson>;
interface Snapshot {
  readonly known: Known;
  readonly error?: unknown;
}

/** Records of a book by revision, read as they come into sight; while one request is out only the last wish counts. */
class Records {
  #snapshot: Snapshot = { known: new Map() };
  #wanted: readonly number[] = [];
  #isReading = false;
  readonly #listeners = new Set<() => void>();

  constructor(private readonly book: BookPlace) {}

  readonly snapshot = (): Snapshot => this.#snapshot;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  want(revisions: readonly number[]): void {
    this.#wanted = revisions;
    if (!this.#isReading) void this.#read();
  }

  async #read(): Promise<void> {
    this.#isReading = true;
    try {
      for (;;) {
        const wanted = this.#wanted;
        const missing = wanted.filter((revision) => !this.#snapshot.known.has(revision));
        if (missing.length === 0) return;
        this.#keep(await this.#ask(missing), wanted);
        // what the server does not have is not asked for again
        if (this.#wanted === wanted) return;
      }
    } catch (error) {
      this.#show({ ...this.#snapshot, error });
    } finally {
      this.#isReading = false;
    }
  }

  async #ask(revisions: readonly number[]): Promise<readonly EventJson[]> {
    const query = { revisions: asRanges(revisions) };
    const { events } = await answer(
      api.GET('/api/v1/books/{unit}/{year}/events', {
        params: { path: pathOf(this.book), query },
      }),
    );
    return events;
  }

  #keep(events: readonly EventJson[], wanted: readonly number[]): void {
    const { known } = this.#snapshot;
    const kept =
      known.size + events.length <= MOST_KEPT
        ? known
        : [...known].filter(([revision]) => wanted.includes(revision));
    this.#show({ known: new Map([...kept, ...events.map((e) => [e.revision, e] as const)]) });
  }

  #show(snapshot: Snapshot): void {
    this.#snapshot = snapshot;
    for (const tell of this.#listeners) tell();
  }
}

/** `3-7,9`, as the API takes it. */
function asRanges(revisions: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const revision of [...revisions].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && revision === last[1] + 1) last[1] = revision;
    else ranges.push([revision, revision]);
  }
  return ranges.map(([from, to]) => (from === to ? from : `${from}-${to}`)).join(',');
}

/** The records of these revisions, as far as they have come. */
export function useRecords(book: BookPlace, revisions: readonly number[]): Snapshot {
  const { unit, fiscalYear } = book;
  const records = useMemo(() => new Records({ unit, fiscalYear }), [unit, fiscalYear]);
  const wish = revisions.join();
  useEffect(() => {
    if (wish !== '') records.want(wish.split(',').map(Number));
  }, [records, wish]);
  return useSyncExternalStore(records.subscribe, records.snapshot);
}
