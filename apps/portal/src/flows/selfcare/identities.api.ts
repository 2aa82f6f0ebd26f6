import { callApi } from '../../api/call-api.ts';
import type { IdentityView } from '../../api/contract.ts';

/** The holder's digital identities, the newest first. */
export async function listIdentities(): Promise<IdentityView[]> {
  const { identities } = await callApi<{ identities: IdentityView[] }>('GET', '/selfcare/identities');
  return identities;
}
