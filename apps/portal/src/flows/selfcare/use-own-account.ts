import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { getAccount } from '../../api/account.api.ts';
import type { AccountView } from '../../api/contract.ts';

/** The account that the identity belongs to: its contacts and second factors. */
export function useOwnAccount(): UseQueryResult<AccountView> {
  return useQuery({ queryKey: ['account'], queryFn: getAccount });
}
