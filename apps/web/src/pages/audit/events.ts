import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { answer, api } from '../../api/client.js';
import type { EventJson } from '../../api/types.js';
import { pathOf, type BookPlace } from '../../app/book.js';
import { bookKey } from '../../app/lines.js';

/** All records of a book, oldest first; read page by page in the background, kept under the same key as the book's postings. */
export function useEvents(book: BookPlace) {
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: [...bookKey(book), 'events'],
    initialPageParam: 0,
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/api/v1/books/{unit}/{year}/events', {
          params: { path: pathOf(book), query: { from: String(pageParam) } },
        }),
      ),
    getNextPageParam: ({ next }) => next,
  });
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && !error) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, error, fetchNextPage]);
  const events = useMemo(
    (): readonly EventJson[] => data?.pages.flatMap((page) => page.events) ?? [],
    [data],
  );
  const logSize = data?.pages.at(-1)?.logSize;
  return { events, logSize, error, reading: !data || hasNextPage };
}
