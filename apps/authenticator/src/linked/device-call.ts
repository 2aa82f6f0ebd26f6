import { DeviceProblem } from './device-problem.ts';
import type { LinkedAccount } from './linked-account.ts';
import type { LinkedAccounts } from './linked-accounts.ts';
import { type DeviceRequest, signedFetch } from './signed-fetch.ts';

/** The account's issuer takes nothing from this app any more. */
const ENDED = ['device-gone', 'device-frozen'];

type Caller = Pick<LinkedAccount, 'id' | 'issuer' | 'device' | 'keys'>;

let store: LinkedAccounts | undefined;

/** Where accounts are marked that turn out to be stopped. */
export function markStoppedIn(accounts: LinkedAccounts): void {
  store = accounts;
}

/**
 * Asks the account's issuer for something, signed by this app.
 *
 * @param path with its query, such as `/device/requests?language=it`
 * @param body sent as JSON; a function is given the nonce of the signature, for messages that name it
 * @returns what was answered; undefined for an empty answer
 * @throws DeviceProblem `unreachable` without a network; `device-gone` and `device-frozen` stop the account
 */
export async function callDevice<T>(
  account: Caller,
  method: DeviceRequest['method'],
  path: string,
  body?: unknown,
): Promise<T> {
  const write = typeof body === 'function' ? (body as (nonce: string) => unknown) : () => body;
  const response = await fetchAs(account, { method, path, body: write });
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

/** The same for an answer that is read as it comes. @throws DeviceProblem */
export async function fetchAs(account: Caller, request: DeviceRequest): Promise<Response> {
  const { issuer, device: keyId, keys } = account;
  try {
    return await signedFetch({ issuer, keyId, keys }, request);
  } catch (error) {
    if (error instanceof DeviceProblem && ENDED.includes(error.slug))
      await store?.update(account.id, { state: 'stopped' });
    throw error;
  }
}
