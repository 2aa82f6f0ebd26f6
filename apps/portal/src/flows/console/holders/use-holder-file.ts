import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { type HolderFileView, readHolderFile } from './holders.api.ts';

/** An open file. Every look is on record: none happens by itself. */
export function useHolderFile(file: string): UseQueryResult<HolderFileView> {
  return useQuery({
    queryKey: ['holder-file', file],
    queryFn: () => readHolderFile(file),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}
