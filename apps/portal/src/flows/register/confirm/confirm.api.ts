import { callApi } from '../../../api/call-api.ts';

export interface ConfirmedRegistration {
  userId: string;
  email: string;
  /** Where to sign in for the first time. */
  continueTo: string;
}

/** Spends the link of the mail. */
export function confirmRegistration(token: string): Promise<ConfirmedRegistration> {
  return callApi('POST', '/registrations/confirm', { token });
}
