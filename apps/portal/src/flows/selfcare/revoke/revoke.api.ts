import { callApi } from '../../../api/call-api.ts';
import type { ProviderView } from '../../../api/contract.ts';

/** The organisation to which signed requests are sent. */
export function getProvider(): Promise<ProviderView> {
  return callApi('GET', '/provider');
}

/** Where the form of an identity is downloaded. */
export function formAddress(id: string): string {
  return `/api/selfcare/identities/${encodeURIComponent(id)}/revocation-form`;
}
