import { callApi } from '../../../api/call-api.ts';

export interface ConfirmedRegistration {
  userId: string;
  email: string;
  /** Where to sign in for the first time. */
  continueTo: string;
}

/**
 * Spends the link of the mail.
 *
 * @param password of the registration; asked for in another browser than it was made in
 */
export function confirmRegistration(token: string, password?: string): Promise<ConfirmedRegistration> {
  return callApi('POST', '/registrations/confirm', { token, ...(password && { password }) });
}
