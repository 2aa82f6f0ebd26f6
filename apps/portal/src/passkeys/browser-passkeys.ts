import { ApiProblem, isProblem } from '../api/api-problem.ts';
import { parseOptions, writeCredential } from './credential-json.ts';

/** Whether this browser knows passkeys at all; it does not on a page that came unprotected. */
export const knowsPasskeys = (): boolean => typeof PublicKeyCredential !== 'undefined';

/** Whether it can offer them among the saved user names (conditional mediation). */
export async function offersPasskeysInFields(): Promise<boolean> {
  if (!knowsPasskeys()) return false;
  return (await PublicKeyCredential.isConditionalMediationAvailable?.()) ?? false;
}

/** Why the browser gave nothing, as a problem that the pages have words for. */
const REASONS: Record<string, string> = {
  // Cancelled, nothing that fits, or too late: browsers do not say which, so that pages learn nothing.
  NotAllowedError: 'passkey-cancelled',
  AbortError: 'passkey-cancelled',
  InvalidStateError: 'passkey-known',
  NotSupportedError: 'passkey-unsupported',
  ConstraintError: 'passkey-unsupported',
};

async function asked(work: () => Promise<Credential | null>): Promise<object> {
  if (!knowsPasskeys()) throw new ApiProblem('passkey-unsupported', 0);
  try {
    return writeCredential((await work()) as PublicKeyCredential);
  } catch (error) {
    const name = error instanceof DOMException ? error.name : '';
    throw new ApiProblem(REASONS[name] ?? 'passkey-failed', 0);
  }
}

/**
 * Has the browser make a passkey.
 *
 * @param options the server's, in JSON
 * @throws ApiProblem `passkey-cancelled`, `passkey-known`, `passkey-unsupported`, `passkey-failed`
 */
export function makePasskey(options: object): Promise<object> {
  const publicKey = parseOptions(options) as PublicKeyCredentialCreationOptions;
  return asked(() => navigator.credentials.create({ publicKey }));
}

/**
 * Has a passkey answer; with a signal that says when to stop waiting, among the saved user names instead of in a
 * window of its own.
 *
 * @throws ApiProblem `passkey-cancelled`, `passkey-unsupported`, `passkey-failed`
 */
export function askPasskey(options: object, inField?: AbortSignal): Promise<object> {
  const publicKey = parseOptions(options) as PublicKeyCredentialRequestOptions;
  const how: CredentialRequestOptions = inField ? { mediation: 'conditional', signal: inField } : {};
  return asked(() => navigator.credentials.get({ publicKey, ...how }));
}

/** The server's refusal of a passkey, in words of passkeys: there is no code to check. */
export async function withPasskeyWords<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isProblem(error, 'code-rejected', 'challenge-over')) throw error;
    const { requestId } = error;
    throw new ApiProblem('passkey-refused', error.status, { requestId });
  }
}
