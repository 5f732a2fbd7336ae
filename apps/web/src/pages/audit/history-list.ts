import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { answer, api } from '../../api/client.js';
import { pathOf, type BookPlace } from '../../app/book.js';
import { bookKey } from '../../app/lines.js';

/** What is looked for, as it stands in the fields; '' does not restrict. */
export interface Wanted {
  readonly text: string;
  readonly type: string;
  readonly person: string;
  readonly document: string;
  readonly line: string;
  readonly since: string;
  readonly until: string;
  readonly knownAt: string;
}
export const EVERYTHING: Wanted = {
  text: '',
  type: '',
  person: '',
  document: '',
  line: '',
  since: '',
  until: '',
  knownAt: '',
};

/** A list of a book's records, newest first: which they are, not what is in them. */
export interface HistoryList {
  readonly count: number;
  readonly revisionAt: (row: number) => number;
  /** The row of a revision, or of the next older one that is in the list. */
  readonly rowOf: (revision: number) => number;
  readonly reading: boolean;
  readonly error: Error | null;
}

/** Of all records the revisions are known from their number; for a filter the server goes through the book. */
export function useHistoryList(book: BookPlace, wanted: Wanted): HistoryList {
  const query = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== ''));
  const isAll = Object.keys(query).every((name) => name === 'knownAt');
  const all = useAll(book, query, isAll);
  const some = useMatches(book, query, !isAll);
  return isAll ? all : some;
}

type Query = Readonly<Record<string, string>>;

function useAll(book: BookPlace, query: Query, enabled: boolean): HistoryList {
  const { data, error } = useQuery({
    enabled,
    queryKey: [...bookKey(book), 'history', 'total', query],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/v1/books/{unit}/{year}/events', {
          params: { path: pathOf(book), query: { ...query, limit: '0' } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
  const count = data?.total ?? 0;
  return useMemo(() => {
    const mirrored = (at: number) => count - 1 - at;
    return { count, revisionAt: mirrored, rowOf: mirrored, reading: !data && !error, error };
  }, [count, data, error]);
}

function useMatches(book: BookPlace, query: Query, enabled: boolean): HistoryList {
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery({
    enabled,
    queryKey: [...bookKey(book), 'history', 'matches', query],
    initialPageParam: undefined as number | undefined,
    queryFn: ({ pageParam: to, signal }) =>
      answer(
        api.GET('/api/v1/books/{unit}/{year}/events/matches', {
          params: {
            path: pathOf(book),
            query: { ...query, order: 'newest', ...(to !== undefined && { to: String(to) }) },
          },
          signal,
        }),
      ),
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
    // thousands of numbers are not compared with themselves
    structuralSharing: false,
  });
  // the server stops after a while: it is asked to go on
  useEffect(() => {
    if (enabled && hasNextPage && !isFetchingNextPage && !error) void fetchNextPage();
  }, [enabled, hasNextPage, isFetchingNextPage, error, fetchNextPage]);
  return useMemo(() => {
    const revisions = data?.pages.flatMap((page) => page.revisions) ?? [];
    return {
      count: revisions.length,
      revisionAt: (row) => revisions[row] ?? -1,
      rowOf: (revision) =>
        Math.max(
          0,
          revisions.findIndex((r) => r <= revision),
        ),
      reading: !error && (!data || hasNextPage),
      error,
    };
  }, [data, error, hasNextPage]);
}
