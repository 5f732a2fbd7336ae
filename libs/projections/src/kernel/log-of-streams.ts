import type { EventStore, StoredEvent } from '#event-store';

/** What a projector reads from. */
export type LogSource = Pick<EventStore, 'readLog' | 'size' | 'onAppended'>;

const PAGE = 1000;

interface Cursor {
  readonly stream: string;
  revision: number;
  /** Read, and from `at` on not handed out yet. */
  page: readonly StoredEvent[];
  at: number;
}

const headOf = ({ page, at }: Cursor): StoredEvent | undefined => page[at];

/** The events of some streams only, in the order of the log and with its indices, which then have gaps. */
export class LogOfStreams implements LogSource {
  #cursors: Cursor[] = [];
  #next = 0;

  constructor(
    private readonly store: EventStore,
    private readonly streams: readonly string[],
  ) {
    this.#rewind();
  }

  #rewind(): void {
    this.#next = 0;
    this.#cursors = this.streams.map((stream) => ({ stream, revision: 0, page: [], at: 0 }));
  }

  async readLog(from: number, limit: number): Promise<readonly StoredEvent[]> {
    if (from < this.#next) this.#rewind();
    const page: StoredEvent[] = [];
    const ended = new Set<Cursor>();
    while (page.length < limit) {
      let first: Cursor | undefined;
      for (const cursor of this.#cursors) {
        if (!headOf(cursor) && !ended.has(cursor)) await this.#readAhead(cursor, ended);
        const event = headOf(cursor);
        if (event && !(first && headOf(first)!.index < event.index)) first = cursor;
      }
      if (!first) break;
      const event = headOf(first)!;
      first.at++;
      this.#next = event.index + 1;
      if (event.index >= from) page.push(event);
    }
    return page;
  }

  async #readAhead(cursor: Cursor, ended: Set<Cursor>): Promise<void> {
    cursor.page = await this.store.readStream(cursor.stream, cursor.revision, PAGE);
    cursor.at = 0;
    const last = cursor.page.at(-1);
    if (last) cursor.revision = last.revision + 1;
    else ended.add(cursor);
  }

  size(): Promise<number> {
    return this.store.size();
  }

  onAppended(listener: (size: number) => void): () => void {
    return this.store.onAppended(listener);
  }
}
