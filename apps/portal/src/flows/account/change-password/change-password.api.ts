import { callApi } from '../../../api/call-api.ts';
import type { Answer, CeremonyView } from '../../../api/contract.ts';

/** What a new password of this account must be like. */
export function getPasswordRules(): Promise<Answer<'getPasswordRules'>> {
  return callApi('GET', '/account/password');
}

/** Proves the password in use, and names the new one; the ceremony asks for what else there is. */
export async function beginPasswordChange(given: { current: string; next: string }): Promise<CeremonyView> {
  const { ceremony } = await callApi<{ ceremony: CeremonyView }>('POST', '/account/password', given);
  return ceremony;
}

/** Ends every session, this one too. */
export function finishPasswordChange(ceremony: string): Promise<void> {
  return callApi('POST', '/account/password/finish', { ceremony });
}
