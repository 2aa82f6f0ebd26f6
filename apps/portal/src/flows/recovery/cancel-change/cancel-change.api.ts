import { callApi } from '../../../api/call-api.ts';
import type { Answer } from '../../../api/contract.ts';

/** What the link is about; spends nothing. */
export function checkContactChange(token: string): Promise<Answer<'checkContactChange'>> {
  return callApi('POST', '/contact-changes/check', { token });
}

/** The contact is again what it was; every session ends. */
export function cancelContactChange(token: string): Promise<void> {
  return callApi('POST', '/contact-changes/cancel', { token });
}
