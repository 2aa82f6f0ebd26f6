import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { IdentityView } from '../../api/contract.ts';
import { listIdentities } from './identities.api.ts';

/** The holder's digital identities, the newest first. */
export function useIdentities(): UseQueryResult<IdentityView[]> {
  return useQuery({ queryKey: ['identities'], queryFn: listIdentities });
}
