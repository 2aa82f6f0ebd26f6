import { callApi } from '../../../api/call-api.ts';

export interface Registration {
  email: string;
  password: string;
  /** E.164. */
  phone?: string;
  language: string;
  interaction?: string;
}

/** Sends the confirmation. The answer is the same whether or not the address has an account. */
export function register(registration: Registration): Promise<{ registration: string; resendAt: string }> {
  return callApi('POST', '/registrations', registration);
}
