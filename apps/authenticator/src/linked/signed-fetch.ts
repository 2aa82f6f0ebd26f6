import { type DeviceKeys, newNonce, signRequest } from '@sigillo/device-protocol';
import { DeviceProblem, problemIn } from './device-problem.ts';

/** Who signs: D, by the name that the issuer knows it under, or by its thumbprint before it knows it. */
export interface DeviceSigner {
  issuer: string;
  keyId: string;
  keys: Pick<DeviceKeys, 'deviceKey'>;
}

/** A request to `/device`. */
export interface DeviceRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With its query. */
  path: string;
  /** Sent as JSON; given the nonce of the signature, for messages that name it. */
  body?: (nonce: string) => unknown;
  signal?: AbortSignal;
}

/** How far the clock of each issuer is ahead of this device's, in milliseconds, as far as it is known. */
const offsets = new Map<string, number>();

/**
 * Sends a request signed as docs/device-protocol.md says. When the issuer refuses it for its time, the clock is
 * set by what the issuer says, and it is sent once more with another nonce.
 *
 * @throws DeviceProblem whatever the answer, when it is not one of the good ones
 */
export async function signedFetch(signer: DeviceSigner, request: DeviceRequest): Promise<Response> {
  const response = await send(signer, request);
  if (response.ok) return response;
  const problem = await problemIn(response);
  if (problem.slug !== 'request-not-signed') throw problem;
  const theirs = Date.parse(String(problem.extension.serverTime ?? response.headers.get('date')));
  if (Number.isNaN(theirs)) throw problem;
  offsets.set(signer.issuer, theirs - Date.now());
  const again = await send(signer, request);
  if (again.ok) return again;
  throw await problemIn(again);
}

async function send({ issuer, keyId, keys }: DeviceSigner, request: DeviceRequest): Promise<Response> {
  const { method, path, signal } = request;
  const nonce = newNonce(Date.now() + (offsets.get(issuer) ?? 0));
  const content = await request.body?.(nonce);
  const body = content === undefined ? undefined : new TextEncoder().encode(JSON.stringify(content));
  const url = `${issuer}${path}`;
  const outgoing = { method, url, ...(body && { body }) };
  const signature = await signRequest(outgoing, { deviceKey: keys.deviceKey, keyId, nonce });
  try {
    return await fetch(url, {
      method,
      mode: 'cors',
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
      headers: { ...(body && { 'content-type': 'application/json' }), ...signature },
      ...(body && { body }),
      ...(signal && { signal }),
    });
  } catch {
    throw new DeviceProblem('unreachable', 0);
  }
}
