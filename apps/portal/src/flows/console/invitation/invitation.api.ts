import { callApi } from '../../../api/call-api.ts';
import type { Answer } from '../../../api/contract.ts';

/** Whom an invitation is for; spends nothing. */
export function openInvitation(token: string): Promise<Answer<'openInvitation'>> {
  return callApi('POST', '/console/invitation', { token });
}

/** What to ask the browser with for the operator's key. */
export function startOperatorKey(given: {
  token: string;
  password: string;
}): Promise<Answer<'startOperatorKey'>> {
  return callApi('POST', '/console/invitation/key', given);
}

export interface Acceptance {
  token: string;
  name: string;
  password: string;
  language: 'it' | 'en';
  ceremony: string;
  enrolment: string;
  challenge: string;
  credential: object;
}

/** Spends the link: password and key are the operator's from now on. */
export function acceptInvitation(given: Acceptance): Promise<void> {
  return callApi('POST', '/console/invitation/accept', given);
}
