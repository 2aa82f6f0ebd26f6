import { callApi } from './call-api.ts';
import type { AccountView } from './contract.ts';

/** The signed-in account: who it is, its factors, its recovery codes. */
export function getAccount(): Promise<AccountView> {
  return callApi('GET', '/account');
}
