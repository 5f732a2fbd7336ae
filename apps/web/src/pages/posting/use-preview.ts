import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { answer, api } from '../../api/client.js';
import { unjudged, type Posting } from '../../api/types.js';
import { bookKey } from '../../app/lines.js';
import { pathOf, type BookPlace } from '../../app/book.js';

const SETTLES_MS = 250;

/** A value once it has stayed the same for a moment; compared as text. */
export function useSettled<T>(value: T): T {
  const text = JSON.stringify(value);
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), SETTLES_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return JSON.parse(settled) as T;
}

/**
 * What the server says a posting would do, shortly after each change to it; nothing is stored. What the proposal that
 * it would replace holds counts as free.
 */
export function usePreview(book: BookPlace, posting: Posting, enabled: boolean, proposal?: string) {
  const settled = useSettled(posting);
  const { data, error, isPlaceholderData } = useQuery({
    queryKey: [...bookKey(book), 'preview', proposal, settled],
    queryFn: ({ signal }) =>
      answer(
        api.POST('/api/v1/books/{unit}/{year}/preview', {
          params: { path: pathOf(book) },
          body: { posting: unjudged(settled), ...(proposal !== undefined && { proposal }) },
          signal,
        }),
      ),
    enabled,
    placeholderData: keepPreviousData,
  });
  /** Whether it is about what stands in the form now; before that its findings would be about other words. */
  const current = !isPlaceholderData && JSON.stringify(settled) === JSON.stringify(posting);
  return { data, error, current };
}
