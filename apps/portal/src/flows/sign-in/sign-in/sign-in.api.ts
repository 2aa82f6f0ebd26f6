import { callApi } from '../../../api/call-api.ts';
import type { Answer, CeremonyView } from '../../../api/contract.ts';

/** The first step: what comes next is in the ceremony. */
export async function signInWithPassword(credentials: {
  interaction?: string;
  identifier: string;
  password: string;
}): Promise<CeremonyView> {
  const { ceremony } = await callApi<{ ceremony: CeremonyView }>('POST', '/sign-in/password', credentials);
  return ceremony;
}

export type PasskeyQuestion = Answer<'startPasskeySignIn'>;

/** What to ask the browser with, whoever is in front of it. */
export function startPasskeySignIn(): Promise<PasskeyQuestion> {
  return callApi('POST', '/sign-in/passkey/challenges');
}

/** A passkey alone: what comes next, if anything, is in the ceremony. */
export async function signInWithPasskey(given: {
  interaction?: string;
  ticket: string;
  credential: object;
}): Promise<CeremonyView> {
  const { ceremony } = await callApi<{ ceremony: CeremonyView }>('POST', '/sign-in/passkey', given);
  return ceremony;
}

/** Opens the session; the answer says where to go. */
export async function finishSignIn(done: {
  ceremony?: string;
  interaction?: string;
  returnTo?: string;
}): Promise<string> {
  const { redirectTo } = await callApi<{ redirectTo: string }>('POST', '/sign-in/finish', done);
  return redirectTo;
}
