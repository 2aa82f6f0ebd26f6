import { callApi } from '../../../api/call-api.ts';
import type { CeremonyView } from '../../../api/contract.ts';

/** Begins to set up one more factor. */
export async function addAuthenticator(): Promise<CeremonyView> {
  const { ceremony } = await callApi<{ ceremony: CeremonyView }>('POST', '/account/authenticators');
  return ceremony;
}

export function removeAuthenticator(id: string): Promise<void> {
  return callApi('POST', `/account/authenticators/${encodeURIComponent(id)}/remove`);
}

export function renameAuthenticator(id: string, label: string): Promise<void> {
  return callApi('POST', `/account/authenticators/${encodeURIComponent(id)}/rename`, { label });
}
