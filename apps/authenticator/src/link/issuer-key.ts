import { isPublicJwk, thumbprint } from '@sigillo/device-protocol';
import { DeviceProblem } from '../linked/device-problem.ts';

/**
 * Whether an issuer holds the key that a QR code named: its thumbprint is that of a key in the issuer's JWK set
 * (RFC 7638; OpenID Connect Discovery §3). A code of somebody who only copied the address fails here.
 *
 * @throws DeviceProblem `unreachable`
 */
export async function hasIssuerKey(issuer: string, wanted: string): Promise<boolean> {
  const { jwks_uri: address } = await readJson(`${issuer}/.well-known/openid-configuration`);
  if (typeof address !== 'string' || new URL(address).origin !== issuer) return false;
  const { keys } = await readJson(address);
  const published: Record<string, unknown>[] = Array.isArray(keys) ? keys : [];
  const prints = published.map(async ({ kty, crv, x, y }) => {
    const key: unknown = { kty, crv, x, y };
    return isPublicJwk(key) ? thumbprint(key) : undefined;
  });
  return (await Promise.all(prints)).includes(wanted);
}

async function readJson(address: string): Promise<Record<string, unknown>> {
  const response = await fetch(address, { credentials: 'omit', redirect: 'error' }).catch(() => undefined);
  if (!response?.ok) throw new DeviceProblem('unreachable', 0);
  return response.json();
}
