import { useQuery, useQueryClient, type QueryKey } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { answer, api } from '../../api/client.js';
import { pathOf, type BookPlace } from '../../app/book.js';
import { bookKey, keyText } from '../../app/lines.js';
import { rowsOf, type PostingRow } from './posting-rows.js';

/** The postings of a book up to an index of the log. */
interface ReadSoFar {
  /** Newest first, a list for each page that was read. */
  readonly pages: readonly (readonly PostingRow[])[];
  /** Where reading goes on. */
  readonly from: number;
  /** Whether more was there when this was read. */
  readonly hasMore: boolean;
}

const NOTHING: ReadSoFar = { pages: [], from: 0, hasMore: true };

/** One page more than is known: events never change, so that only what came since has to be read. */
async function readOn(book: BookPlace, known: ReadSoFar, signal: AbortSignal): Promise<ReadSoFar> {
  const { events, next } = await answer(
    api.GET('/api/v1/books/{unit}/{year}/events', {
      params: { path: pathOf(book), query: { from: String(known.from) } },
      signal,
    }),
  );
  const last = events.at(-1);
  if (!last) return { ...known, hasMore: false };
  return {
    pages: [events.flatMap(rowsOf).reverse(), ...known.pages],
    from: last.index + 1,
    hasMore: next !== undefined,
  };
}

/**
 * Every posting of a book, newest first; read page by page in the background, so that the first is there at once.
 * Where the book has become stale, what came new is read and nothing else.
 */
export function usePostings(book: BookPlace, line: string | null) {
  const queries = useQueryClient();
  const queryKey: QueryKey = [...bookKey(book), 'events'];
  const { data, error, isFetching, refetch } = useQuery({
    queryKey,
    queryFn: ({ signal }) =>
      readOn(book, queries.getQueryData<ReadSoFar>(queryKey) ?? NOTHING, signal),
    // comparing thousands of events with themselves would only hold up the page
    structuralSharing: false,
  });
  const hasMore = data?.hasMore ?? true;
  useEffect(() => {
    if (data?.hasMore && !isFetching && !error) void refetch();
  }, [data, isFetching, error, refetch]);
  const rows = useMemo(() => data?.pages.flat() ?? [], [data]);
  const shown = useMemo(
    () => (line === null ? rows : rows.filter((row) => row.line && keyText(row.line) === line)),
    [rows, line],
  );
  return { rows: shown, error, reading: hasMore };
}
