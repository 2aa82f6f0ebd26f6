import { callApi } from '../../../api/call-api.ts';

/** Sends the link, if there is such an account; the answer does not tell. */
export function requestPasswordReset(request: { identifier: string; interaction?: string }): Promise<void> {
  return callApi('POST', '/password-resets', request);
}
