import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { answer, api } from '../../api/client.js';
import { pathOf, type BookPlace } from '../../app/book.js';
import { languageOf } from '../../app/i18n.js';
import { bookKey } from '../../app/lines.js';

export type AmountUnit = '万元' | '元';

/** Which filling of a report; what is left out does not restrict. */
export interface Moment {
  readonly to?: string;
  readonly knownAt?: string;
}

export const momentQuery = ({ to, knownAt }: Moment): Record<string, string> => ({
  ...(to && { to }),
  ...(knownAt && { knownAt }),
});

/** A report as the paper form; the one before stays until the next is there. */
export function useForm(book: BookPlace, report: string, moment: Moment, amountUnit: AmountUnit) {
  const lang = languageOf();
  const query = { ...momentQuery(moment), amountUnit, lang };
  return useQuery({
    queryKey: [...bookKey(book), 'form', report, query],
    queryFn: () =>
      answer(
        api.GET('/api/v1/books/{unit}/{year}/reports/{report}/form', {
          params: { path: { ...pathOf(book), report }, query },
        }),
      ),
    placeholderData: keepPreviousData,
  });
}
