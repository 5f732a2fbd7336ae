import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../api/client.js';
import type { Code } from '../api/types.js';
import { languageOf } from './i18n.js';

type List = 'functions' | 'economics' | 'funds' | 'origins' | 'categories' | 'remainderKinds';

/** The closed lists of the ledger, and their names in the language of the page. */
export function useNames() {
  const { data } = useQuery({
    queryKey: ['classifications'],
    queryFn: () => answer(api.GET('/api/v1/classifications', {})),
    staleTime: Infinity,
  });
  const language = languageOf();
  const codes = (list: List): readonly Code[] => data?.[list] ?? [];
  return {
    codes,
    /** The name of a code; the code itself where it is not known (yet). */
    nameOf: (list: List, code: string) =>
      codes(list).find((c) => c.code === code)?.[language] ?? code,
    /** As options to choose from: code and name, or by name alone where the codes are words of the API. */
    labelled: (list: List, by: 'code' | 'name' = 'code') =>
      codes(list).map((c) => ({
        value: c.code,
        label: by === 'name' ? c[language] : `${c.code} ${c[language]}`,
      })),
  };
}
