import { callApi } from '../../../api/call-api.ts';
import type { SessionEntry } from '../../../api/contract.ts';

/** Where the account is signed in now, newest first. */
export async function listSessions(): Promise<SessionEntry[]> {
  const { sessions } = await callApi<{ sessions: SessionEntry[] }>('GET', '/account/sessions');
  return sessions;
}

export function endSession(id: string): Promise<void> {
  return callApi('POST', `/account/sessions/${encodeURIComponent(id)}/end`);
}

export function endAllSessions(keepCurrent: boolean): Promise<void> {
  return callApi('POST', '/account/sessions/end-all', { keepCurrent });
}
