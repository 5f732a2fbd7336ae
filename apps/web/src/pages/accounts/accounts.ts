import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../../api/client.js';

const ACCOUNTS = ['accounts'];

export const useAccounts = () =>
  useQuery({
    queryKey: ACCOUNTS,
    queryFn: async () => (await answer(api.GET('/api/v1/accounts', {}))).accounts,
  });

/** A change of accounts, after which they are read anew. */
export function useAccountChange<Input, Result>(change: (input: Input) => Promise<Result>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => queries.invalidateQueries({ queryKey: ACCOUNTS }),
  });
}

export const pathTo = (account: string) => ({ params: { path: { account } } });
