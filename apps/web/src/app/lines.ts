import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../api/client.js';
import { pathOf, type BookPlace } from './book.js';

/** A budget line's key: project × fund × origin. */
export interface LineKey {
  readonly project: string;
  readonly fund: string;
  readonly origin: string;
}

export const keyText = ({ project, fund, origin }: LineKey): string =>
  `${project}|${fund}|${origin}`;

export function keyOfText(text: string): LineKey {
  const [project = '', fund = '', origin = ''] = text.split('|');
  return { project, fund, origin };
}

/** The budget lines of a book as they are now. */
export const useLines = (book: BookPlace) =>
  useQuery({
    queryKey: [...bookKey(book), 'lines'],
    queryFn: () =>
      answer(api.GET('/api/v1/books/{unit}/{year}/lines', { params: { path: pathOf(book) } })),
  });

/** What queries about a book begin with: a posting makes all of them stale. */
export const bookKey = ({ unit, fiscalYear }: BookPlace) => ['book', unit, fiscalYear] as const;
