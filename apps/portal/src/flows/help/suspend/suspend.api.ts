import { callApi } from '../../../api/call-api.ts';
import type { Answer } from '../../../api/contract.ts';

export function suspendByCard(code: string): Promise<Answer<'suspendByCard'>> {
  return callApi('POST', '/suspensions/card', { code });
}

/** @returns what the code is handed in with */
export async function requestSuspension(identifier: string): Promise<string> {
  const { request } = await callApi<Answer<'requestSuspension'>>('POST', '/suspensions/requests', {
    identifier,
  });
  return request;
}

export function confirmSuspension(request: string, code: string): Promise<Answer<'confirmSuspension'>> {
  return callApi('POST', '/suspensions/requests/confirm', { request, code });
}
