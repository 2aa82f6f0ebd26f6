import { callApi } from '../api/call-api.ts';
import type { SignInView } from '../api/contract.ts';

/** Who asks for a sign-in, on what terms, and where it stands; without an interaction, our own portal asks. */
export function getSignIn(interaction: string | null): Promise<SignInView> {
  return callApi('POST', '/sign-in', interaction === null ? {} : { interaction });
}
