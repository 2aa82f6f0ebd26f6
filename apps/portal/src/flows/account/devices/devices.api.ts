import { callApi } from '../../../api/call-api.ts';
import type { DeviceView, PairingView } from '../../../api/contract.ts';

/** The apps that are linked to the account. */
export async function listDevices(): Promise<DeviceView[]> {
  const { devices } = await callApi<{ devices: DeviceView[] }>('GET', '/account/devices');
  return devices;
}

export function renameDevice(id: string, name: string): Promise<void> {
  return callApi('POST', `/account/devices/${encodeURIComponent(id)}/rename`, { name });
}

/** @param operation what the holder confirmed: this removal and no other */
export function removeDevice(id: string, operation?: string): Promise<void> {
  const body = operation === undefined ? {} : { operation };
  return callApi('POST', `/account/devices/${encodeURIComponent(id)}/remove`, body);
}

/** Where one asks about a code that links an app, and listens. */
export function pairingPath(id: string): string {
  return `/account/devices/pairings/${encodeURIComponent(id)}`;
}

/** A code by which one more app is linked. */
export async function startPairing(): Promise<PairingView> {
  const { pairing } = await callApi<{ pairing: PairingView }>('POST', '/account/devices/pairings');
  return pairing;
}

export async function getPairing(id: string): Promise<PairingView> {
  const { pairing } = await callApi<{ pairing: PairingView }>('GET', pairingPath(id));
  return pairing;
}

export function cancelPairing(id: string): Promise<void> {
  return callApi('POST', `${pairingPath(id)}/cancel`);
}
