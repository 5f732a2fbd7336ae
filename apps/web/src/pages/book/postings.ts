import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { answer, api } from '../../api/client.js';
import type { EventJson } from '../../api/types.js';
import { pathOf, type BookPlace } from '../../app/book.js';
import { bookKey, keyText, type LineKey } from '../../app/lines.js';

/** One row of the postings: an event on one budget line, or an event without lines. */
export interface PostingRow {
  readonly key: string;
  readonly event: EventJson;
  readonly line?: LineKey & { readonly amount: string };
}

type PostedLine = LineKey & { readonly amount: string };
/** A reversal writes out what it takes back; its lines are those of the entry that it names. */
const linesOf = ({ data }: EventJson): readonly PostedLine[] =>
  Array.isArray(data['lines']) ? (data['lines'] as PostedLine[]) : [];

/** Nothing is posted by these: they are on the page of approvals, and in the history. */
const NOT_POSTED = ['PostingProposed', 'ProposalRevised', 'ProposalReturned', 'ProposalWithdrawn'];

function rowsOf(events: readonly EventJson[]): PostingRow[] {
  const byId = new Map(events.map((event) => [event.commandId, event]));
  const posted = events.filter(({ type }) => !NOT_POSTED.includes(type));
  return posted.flatMap((event): PostingRow[] => {
    const reversed = byId.get(String(event.data['entry']));
    const own = linesOf(event);
    const lines = event.type === 'EntryReversed' && reversed ? linesOf(reversed) : own;
    if (lines.length === 0) return [{ key: String(event.index), event }];
    return lines.map((line, i) => ({ key: `${event.index}-${i}`, event, line }));
  });
}

/** Every posting of a book, newest first; read page by page in the background, so that the first is there at once. */
export function usePostings(book: BookPlace, line: string | null) {
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
  const rows = useMemo(
    () => rowsOf(data?.pages.flatMap(({ events }) => events) ?? []).reverse(),
    [data],
  );
  const shown = useMemo(
    () => (line === null ? rows : rows.filter((row) => row.line && keyText(row.line) === line)),
    [rows, line],
  );
  return { rows: shown, error, reading: !data || hasNextPage };
}
