import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, keyed } from '../../api/client.js';
import { pathOf, type BookPlace } from '../../app/book.js';
import { bookKey } from '../../app/lines.js';
import { readAmount } from '../../ui/amount.js';

/** A rule while it is written, under the id that its command will have. */
export interface RuleDraft {
  readonly id: string;
  /** Both as they were typed. */
  readonly threshold: string;
  readonly windowDays: string;
}

export const noRule = (): RuleDraft => ({
  id: crypto.randomUUID(),
  threshold: '',
  windowDays: '',
});

/** The rule in force and those before it. */
export const useApprovalRule = (book: BookPlace) =>
  useQuery({
    queryKey: [...bookKey(book), 'approval-rule'],
    queryFn: () =>
      answer(
        api.GET('/api/v1/books/{unit}/{year}/approval-rule', { params: { path: pathOf(book) } }),
      ),
  });

/** Sets a rule; answers the index of its event. Sent twice under one id it is set once. */
export function useRuleChange(book: BookPlace, done: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ id, threshold, windowDays }: RuleDraft) => {
      const { index } = await answer(
        api.PUT('/api/v1/books/{unit}/{year}/approval-rule', {
          params: { path: pathOf(book) },
          headers: keyed(id),
          body: {
            threshold: readAmount(threshold) ?? threshold,
            windowDays: Number(windowDays.normalize('NFKC')),
          },
        }),
      );
      return index;
    },
    onSuccess: async () => {
      done();
      await queries.invalidateQueries({ queryKey: bookKey(book) });
    },
  });
}
