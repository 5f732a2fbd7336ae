import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { answer, api } from '../../api/client.js';
import type { EventJson } from '../../api/types.js';
import { pathOf, type BookPlace } from '../../app/book.js';
import { bookKey } from '../../app/lines.js';

const eventsOf = (book: BookPlace, query: Readonly<Record<string, string>>, signal?: AbortSignal) =>
  answer(
    api.GET('/api/v1/books/{unit}/{year}/events', {
      params: { path: pathOf(book), query },
      ...(signal && { signal }),
    }),
  );

/** Where a book begins in the log, and how long the log is. */
export const useExtent = (book: BookPlace) =>
  useQuery({
    queryKey: [...bookKey(book), 'history', 'extent'],
    queryFn: async ({ signal }) => {
      const { events, logSize } = await eventsOf(book, { revisions: '0' }, signal);
      return { first: (events[0]?.index ?? 0) + 1, logSize };
    },
  });

/** The last record of the first `at` of the log, where it is one of this book. */
export const useRecordAt = (book: BookPlace, at: number) =>
  useQuery({
    queryKey: [...bookKey(book), 'history', 'record-at', at],
    queryFn: async ({ signal }): Promise<EventJson | null> => {
      const index = String(at - 1);
      const { events } = await eventsOf(book, { from: index, to: index, limit: '1' }, signal);
      return events[0] ?? null;
    },
    placeholderData: keepPreviousData,
  });

/** How many records of the log are known before, or after, the book's next step from `at`. */
export async function stepFrom(
  book: BookPlace,
  at: number,
  direction: 'previous' | 'next',
): Promise<number | undefined> {
  const where: Readonly<Record<string, string>> =
    direction === 'next'
      ? { from: String(at) }
      : { to: String(Math.max(0, at - 2)), order: 'newest' };
  const { events } = await eventsOf(book, { ...where, limit: '1' });
  return events[0] && events[0].index + 1;
}
