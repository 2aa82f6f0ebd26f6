import { callApi } from '../../../api/call-api.ts';

/** Sends the confirmation once more. */
export async function resendConfirmation(registration: string): Promise<string> {
  const path = `/registrations/${encodeURIComponent(registration)}/resend`;
  const { resendAt } = await callApi<{ resendAt: string }>('POST', path);
  return resendAt;
}
