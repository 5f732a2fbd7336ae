import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { answer, api } from '../api/client.js';

export interface BookPlace {
  readonly unit: string;
  readonly fiscalYear: number;
}

/** The book that the address names: `/books/{unit}/{year}/…`. */
export function useBook(): BookPlace {
  const { unit, year } = useParams();
  if (unit === undefined || year === undefined) throw new Error('useBook outside of a book');
  return { unit, fiscalYear: Number(year) };
}

/** The same as path parameters of the API. */
export const pathOf = ({ unit, fiscalYear }: BookPlace) => ({ unit, year: String(fiscalYear) });

/** The books that the signed-in person may see; not asked where the duties are none of a book: that is a denial. */
export const useBooks = (enabled = true) =>
  useQuery({
    enabled,
    queryKey: ['books'],
    queryFn: async () => (await answer(api.GET('/api/v1/books', {}))).books,
  });

const KEPT = 'fiscal-book';
export const rememberBook = ({ unit, fiscalYear }: BookPlace): void =>
  localStorage.setItem(KEPT, `${unit}/${fiscalYear}`);
export const rememberedBook = (): string | null => localStorage.getItem(KEPT);
