import { callApi } from '../../../api/call-api.ts';
import type { Answer, CeremonyView } from '../../../api/contract.ts';

export type ContactKind = 'email' | 'phone';

type InCeremony = { ceremony: CeremonyView };

/** Begins to confirm a contact: a code goes to it. */
export async function beginVerification(contact: string): Promise<CeremonyView> {
  const path = `/account/contacts/${encodeURIComponent(contact)}/verification`;
  const { ceremony } = await callApi<InCeremony>('POST', path);
  return ceremony;
}

export function finishVerification(ceremony: string): Promise<void> {
  return callApi('POST', '/account/contacts/verification/finish', { ceremony });
}

/** Begins to change a contact: what authorises it is asked for first. */
export async function beginChange(kind: ContactKind): Promise<CeremonyView> {
  const { ceremony } = await callApi<InCeremony>('POST', '/account/contacts/changes', { kind });
  return ceremony;
}

/** Names the new address, which is sent a code; again for another code, or for another address. */
export function nameAddress(ceremony: string, address: string): Promise<Answer<'nameNewContact'>> {
  return callApi('POST', '/account/contacts/changes/address', { ceremony, address });
}

export function finishChange(change: {
  ceremony: string;
  challenge: string;
  code: string;
}): Promise<{ changeableAt: string }> {
  return callApi('POST', '/account/contacts/changes/finish', change);
}
