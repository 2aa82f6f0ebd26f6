import { callApi } from '../../../api/call-api.ts';
import type { ConsentEntry } from '../../../api/contract.ts';

/** Which services may know what about the account. */
export async function listConsents(): Promise<ConsentEntry[]> {
  const { consents } = await callApi<{ consents: ConsentEntry[] }>('GET', '/account/consents');
  return consents;
}

export function revokeConsent(clientId: string): Promise<void> {
  return callApi('POST', `/account/consents/${encodeURIComponent(clientId)}/revoke`);
}
