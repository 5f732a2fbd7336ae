import type { Revision } from '../../event-store.js';

export type Met = 'reached' | 'late' | 'closed';

interface Waiter {
  readonly revision: Revision;
  readonly settle: (met: Met) => void;
}

/** Those who wait until a stream is at a revision. */
export class RevisionWaiters {
  readonly #ofStream = new Map<string, Set<Waiter>>();

  /** Says how the waiting ended; `late` where it took longer than the time. */
  waitFor(stream: string, revision: Revision, timeoutMs: number): Promise<Met> {
    const waiters = this.#ofStream.get(stream) ?? new Set();
    this.#ofStream.set(stream, waiters);
    return new Promise((resolve) => {
      const settle = (met: Met) => {
        clearTimeout(timer);
        waiters.delete(waiter);
        if (waiters.size === 0) this.#ofStream.delete(stream);
        resolve(met);
      };
      const timer = setTimeout(settle, timeoutMs, 'late' as const);
      const waiter = { revision, settle };
      waiters.add(waiter);
    });
  }

  reached(stream: string, revision: Revision): void {
    for (const waiter of this.#ofStream.get(stream) ?? [])
      if (waiter.revision <= revision) waiter.settle('reached');
  }

  close(): void {
    for (const waiters of this.#ofStream.values())
      for (const { settle } of waiters) settle('closed');
  }
}
