import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { getAccount } from '../../api/account.api.ts';
import type { AccountView } from '../../api/contract.ts';
import { queryClient } from '../../app/query-client.ts';

const ACCOUNT = ['account'];

/** The signed-in account. */
export function useAccount(): UseQueryResult<AccountView> {
  return useQuery({ queryKey: ACCOUNT, queryFn: getAccount });
}

/** Reads the account again after something of it changed. */
export function refreshAccount(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: ACCOUNT });
}
