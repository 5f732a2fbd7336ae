import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { answer, api } from '../../api/client.js';
import { pathOf, type BookPlace } from '../../app/book.js';
import { bookKey, keyText } from '../../app/lines.js';
import { rowsOf } from './posting-rows.js';

async function readPage(book: BookPlace, from: number) {
  const { events, next } = await answer(
    api.GET('/api/v1/books/{unit}/{year}/events', {
      params: { path: pathOf(book), query: { from: String(from) } },
    }),
  );
  return { rows: events.flatMap(rowsOf).reverse(), next };
}

/** Every posting of a book, newest first; read page by page in the background, so that the first is there at once. */
export function usePostings(book: BookPlace, line: string | null) {
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: [...bookKey(book), 'events'],
    initialPageParam: 0,
    queryFn: ({ pageParam }) => readPage(book, pageParam),
    getNextPageParam: ({ next }) => next,
    // events never change: comparing thousands with themselves would only hold up the page
    structuralSharing: false,
  });
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && !error) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, error, fetchNextPage]);
  const rows = useMemo(() => data?.pages.toReversed().flatMap((page) => page.rows) ?? [], [data]);
  const shown = useMemo(
    () => (line === null ? rows : rows.filter((row) => row.line && keyText(row.line) === line)),
    [rows, line],
  );
  return { rows: shown, error, reading: !data || hasNextPage };
}
