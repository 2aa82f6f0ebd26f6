import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { DeviceView } from '../../api/contract.ts';
import { queryClient } from '../../app/query-client.ts';
import { listDevices } from './devices/devices.api.ts';

const DEVICES = ['account-devices'];

/** The apps that are linked to the account. */
export function useDevices(): UseQueryResult<DeviceView[]> {
  return useQuery({ queryKey: DEVICES, queryFn: listDevices });
}

/** Reads them again after one was added, renamed or removed. */
export function refreshDevices(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: DEVICES });
}
