import type { Grant, KoaContextWithOIDC } from 'oidc-provider';
import type { Keyring } from '../../platform/keyring/keyring.ts';
import { rulesOf } from './client-rules.ts';
import type { ConsentStore } from './ports.ts';
import { consentIn, currentRequest } from './request-context.ts';
import { claimsOf } from './scopes.ts';

export interface GrantDeps {
  keyring: Keyring;
  consents: ConsentStore;
}

/**
 * The grant of this session for this client, made from the consent that the holder gave once for all sessions;
 * none without a consent. When that was widened, a new grant takes the place of the narrower one.
 */
export async function existingGrant(
  { keyring, consents }: GrantDeps,
  { oidc }: KoaContextWithOIDC,
): Promise<Grant | undefined> {
  const request = currentRequest();
  const clientId = oidc.client?.clientId;
  if (!request.session || !oidc.session || clientId === undefined) return undefined;
  const { accountId, id } = request.session;
  const consent = await consentIn(request, consents, await request.transaction.begin(), accountId, clientId);
  if (!consent) return undefined;

  // The same however many requests of one session run at a time.
  if (!oidc.session.sidFor(clientId))
    oidc.session.sidFor(clientId, keyring.mac('oidc-sid', id, clientId).toString('base64url'));
  const known = oidc.session.grantIdFor(clientId);
  const grant = known === undefined ? undefined : await oidc.provider.Grant.find(known);
  const granted = grant?.getOIDCScope().split(' ') ?? [];
  // What was since taken from the client is not granted, however long ago it was consented to.
  const registered = oidc.client?.scope?.split(' ') ?? [];
  const scopes = consent.scopes.filter((scope) => registered.includes(scope));
  const apis = rulesOf(oidc.client).resources.map(({ identifier }) => identifier);
  if (
    grant &&
    apis.every((api) => grant.getResourceScope(api)) &&
    granted.every((scope) => registered.includes(scope)) &&
    scopes.every((scope) => granted.includes(scope))
  )
    return grant;

  const fresh = new oidc.provider.Grant({ accountId, clientId });
  fresh.addOIDCScope(scopes);
  fresh.addOIDCClaims(claimsOf(scopes));
  for (const api of apis) fresh.addResourceScope(api, scopes.join(' '));
  request.consent = consent;
  await fresh.save();
  return fresh;
}
