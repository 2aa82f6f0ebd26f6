import { callApi } from '../../../api/call-api.ts';
import type { ConsentRequestView } from '../../../api/contract.ts';
import { queryString } from '../../../api/query-string.ts';

/** What a relying party asks to know. */
export function getConsent(interaction: string): Promise<ConsentRequestView> {
  return callApi('GET', `/consent${queryString({ interaction })}`);
}

/** Says yes or no; the answer says where to go. */
export async function decideConsent(interaction: string, accept: boolean): Promise<string> {
  const { redirectTo } = await callApi<{ redirectTo: string }>('POST', '/consent', { interaction, accept });
  return redirectTo;
}
