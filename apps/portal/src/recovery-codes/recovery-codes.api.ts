import { callApi } from '../api/call-api.ts';

export interface RecoveryCodes {
  codes: string[];
  issuedAt: string;
}

/** Makes a new set; all older ones stop working. */
export function issueRecoveryCodes(): Promise<RecoveryCodes> {
  return callApi('POST', '/account/recovery-codes');
}
