import { callApi } from '../../../api/call-api.ts';
import type { Answer } from '../../../api/contract.ts';

/** Whose password the link resets (masked) and how long a new one must be; spends nothing. */
export function checkPasswordReset(token: string): Promise<Answer<'checkPasswordReset'>> {
  return callApi('POST', '/password-resets/check', { token });
}

/** Spends the link. Opens no session; all sessions end. */
export function completePasswordReset(reset: {
  token: string;
  password: string;
  interaction?: string;
}): Promise<{ continueTo: string }> {
  return callApi('POST', '/password-resets/complete', reset);
}
