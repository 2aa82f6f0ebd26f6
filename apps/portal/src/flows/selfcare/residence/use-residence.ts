import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { PlacesView, ResidenceView } from '../../../api/contract.ts';
import { queryClient } from '../../../app/query-client.ts';
import { getPlaces, getResidence } from './residence.api.ts';

const RESIDENCE = ['residence'];

/** Where the holder lives. */
export function useResidence(): UseQueryResult<ResidenceView | null> {
  return useQuery({ queryKey: RESIDENCE, queryFn: getResidence });
}

/** Reads it again after it changed, and what it counts in too. */
export async function refreshResidence(): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: RESIDENCE });
  await queryClient.invalidateQueries({ queryKey: ['identities'] });
}

/** Places to choose from; they do not change while the portal is open. */
export function usePlaces(): UseQueryResult<PlacesView> {
  return useQuery({ queryKey: ['places'], queryFn: getPlaces, staleTime: Number.POSITIVE_INFINITY });
}
