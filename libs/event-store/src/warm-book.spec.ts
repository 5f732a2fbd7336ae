import { expect, it } from '@jest/globals';
import { emptyBook } from '#domain';
import { MemoryEventStore } from './adapters/memory/memory-event-store.js';
import { WarmBook } from './warm-book.js';

const BOOK = { unit: 'U', fiscalYear: 2023 };
const after = (revision: number) => ({
  head: { revision, leaf: String(revision) },
  state: emptyBook(BOOK),
});
const appending = new Promise<never>(() => undefined);

it('a late failure takes down only what stood on it, not what was decided since', () => {
  const book = new WarmBook(BOOK, new MemoryEventStore());
  const first = book.speculate(after(0), [], appending);
  const onTop = book.speculate(after(1), [], appending);
  book.abandon(first);
  expect(book.tip).toBe(book.durable);
  const since = book.speculate(after(0), [], appending);
  // planted bug: without the lineage the failure that follows takes `since` down as well
  book.abandon(onTop);
  expect(book.tip).toBe(since);
  book.abandon(since);
  expect(book.tip).toBe(book.durable);
});
