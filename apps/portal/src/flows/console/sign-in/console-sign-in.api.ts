import { callApi } from '../../../api/call-api.ts';
import type { CeremonyView } from '../../../api/contract.ts';

/** The password; what comes back asks for the key. */
export async function signInToConsole(given: { email: string; password: string }): Promise<CeremonyView> {
  const { ceremony } = await callApi<{ ceremony: CeremonyView }>('POST', '/console/sign-in/password', given);
  return ceremony;
}

export function finishConsoleSignIn(ceremony: string): Promise<void> {
  return callApi('POST', '/console/sign-in/finish', { ceremony });
}
