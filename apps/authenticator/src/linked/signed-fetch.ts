import { type DeviceKeys, newNonce, signRequest } from '@sigillo/device-protocol';
import { offsetAfter, setClockOffsetMs } from '@sigillo/ui';
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
 * Sends a request signed as docs/device-protocol.md says. The clock is set by every answer; when the
 * issuer refuses a request for its time, it is sent once more with another nonce.
 *
 * @throws DeviceProblem whatever the answer, when it is not one of the good ones
 */
export async function signedFetch(signer: DeviceSigner, request: DeviceRequest): Promise<Response> {
  const response = await send(signer, request);
  if (response.ok) return response;
  const problem = await problemIn(response);
  if (problem.slug !== 'request-not-signed') throw problem;
  const again = await send(signer, request);
  if (again.ok) return again;
  throw await problemIn(again);
}

async function send({ issuer, keyId, keys }: DeviceSigner, request: DeviceRequest): Promise<Response> {
  const { method, path, signal } = request;
  const sentMs = Date.now();
  const nonce = newNonce(sentMs + (offsets.get(issuer) ?? 0));
  const content = await request.body?.(nonce);
  const body = content === undefined ? undefined : new TextEncoder().encode(JSON.stringify(content));
  const url = `${issuer}${path}`;
  const outgoing = { method, url, ...(body && { body }) };
  const signature = await signRequest(outgoing, { deviceKey: keys.deviceKey, keyId, nonce });
  try {
    const response = await fetch(url, {
      method,
      mode: 'cors',
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
      headers: { ...(body && { 'content-type': 'application/json' }), ...signature },
      ...(body && { body }),
      ...(signal && { signal }),
    });
    setClockBy(issuer, response, sentMs);
    return response;
  } catch {
    throw new DeviceProblem('unreachable', 0);
  }
}

/** Signatures, and what is shown of time that is left, go by the clock of the issuer. */
function setClockBy(issuer: string, { headers }: Response, sentMs: number): void {
  const answer = { date: headers.get('date'), sentMs, receivedMs: Date.now() };
  const offsetMs = offsetAfter(answer, offsets.get(issuer) ?? 0);
  offsets.set(issuer, offsetMs);
  setClockOffsetMs(offsetMs);
}
