import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { bookOfStream, LedgerRefusal, type BookId } from '#domain';
import type { StoredEvent } from '#event-store';
import { Ledger } from '#projections';
import { frameOf, type Listener } from './listener.js';
import { LISTENING } from '../access/sentences.js';

const MOST_LISTENERS = 200;
const PAGE = 500;
const BEAT_MS = 15_000;

export interface Subscription {
  /** The first index that the listener has not heard of; the end of the log where it is new. */
  readonly from: number | undefined;
  /** The units that may be heard of as of now; undefined where the listener may hear nothing any more. */
  readonly scope: () => Promise<Scope | undefined>;
}

/** Whether a book is to be heard of. */
export type Scope = (book: BookId) => boolean;

/**
 * Tells listeners of events once the read models have them, so that what they ask next shows it. Each has a
 * place of its own in the log and reads from there at its own pace: nothing is queued for it.
 */
@Injectable()
export class EventFeed implements OnModuleDestroy {
  readonly #listeners = new Set<Listener>();

  constructor(@Inject(Ledger) private readonly ledger: Ledger) {}

  get size(): number {
    return this.#listeners.size;
  }

  /** Throws LedgerRefusal `too-many-listeners`. */
  mustHaveRoom(): void {
    if (this.#listeners.size >= MOST_LISTENERS)
      throw LedgerRefusal.of('too-many-listeners', LISTENING.tooMany({ most: MOST_LISTENERS }));
  }

  /** Serves a listener until its connection ends. */
  serve(listener: Listener, { from, scope }: Subscription): void {
    const { logSize } = this.ledger.status();
    let next = Math.min(from ?? logSize, logSize);
    let [busy, again] = [false, false];
    const pump = async (): Promise<void> => {
      again = true;
      if (busy) return;
      busy = true;
      try {
        while (again && !listener.ended) {
          again = false;
          next = await this.#tell(listener, next, scope);
        }
      } catch {
        listener.end(); // a store that cannot be read now: the listener comes back
      } finally {
        busy = false;
      }
    };
    this.#listeners.add(listener);
    const forget = this.ledger.onTaken(() => void pump());
    const beat = setInterval(() => {
      listener.beat();
      // also where nothing happens a session that has ended ends the stream
      void scope().then(
        (admits) => admits ?? listener.end(),
        () => listener.end(),
      );
    }, BEAT_MS);
    listener.onClosed(() => {
      forget();
      clearInterval(beat);
      this.#listeners.delete(listener);
    });
    void listener.send(`retry: 2000\n\n${frameOf('ready', { logSize })}`).then(pump);
  }

  /** Sends what there is from an index on; answers the index to go on from. */
  async #tell(listener: Listener, from: number, scope: Subscription['scope']): Promise<number> {
    for (let next = from; ;) {
      const { logSize } = this.ledger.status();
      if (next >= logSize) return next;
      const page = await this.ledger.store.readLog(next, Math.min(PAGE, logSize - next));
      if (page.length === 0) return next;
      const admits = await scope();
      if (!admits) {
        listener.end();
        return next;
      }
      for (const stored of page) {
        const frame = appended(stored, logSize, admits);
        if (frame !== undefined) await listener.send(frame);
        if (listener.ended) return next;
        next = stored.index + 1;
      }
    }
  }

  onModuleDestroy(): void {
    for (const listener of this.#listeners) listener.end();
  }
}

function appended(
  { index, stream, type }: StoredEvent,
  logSize: number,
  admits: Scope,
): string | undefined {
  const book = bookOfStream(stream);
  if (!book || !admits(book)) return undefined;
  return frameOf('appended', { index, ...book, type, logSize }, index);
}
