import type { Configuration, KoaContextWithOIDC } from 'oidc-provider';
import { errors } from 'oidc-provider';
import type { Keyring } from '../../platform/keyring/keyring.ts';
import { rulesOf } from './client-rules.ts';
import type { OidcPages } from './pages/oidc-pages.ts';
import { resourceFeature } from './resources.ts';
import { isReadableAcrClaim } from './sign-in-demand.ts';
import { mayIntrospect, mayRevoke } from './token-access.ts';

export interface FeatureDeps {
  pages: OidcPages;
  keyring: Keyring;
}

/** What of OpenID Connect and OAuth there is beyond signing in; discovery announces all of it. */
export function features({ pages, keyring }: FeatureDeps): NonNullable<Configuration['features']> {
  return {
    claimsParameter: { enabled: true, assertClaimsParameter: assertClaims },
    introspection: { enabled: true, allowedPolicy: (_ctx, client, token) => mayIntrospect(client, token) },
    revocation: { enabled: true, allowedPolicy: (_ctx, client, token) => mayRevoke(client, token) },
    // Announced here, and told by an outbox of ours: by the library whoever signs out would wait, and it tells once.
    backchannelLogout: { enabled: true },
    rpInitiatedLogout: { enabled: true, logoutSource: pages.renderSignOut },
    userinfo: { enabled: true },
    pushedAuthorizationRequests: { enabled: true },
    // A jti is good once; a nonce may be used, and helps a client whose clock is wrong (RFC 9449 §8).
    dPoP: { enabled: true, nonceSecret: keyring.mac('oidc-dpop-nonce'), requireNonce: () => false },
    resourceIndicators: resourceFeature(),
    fapi: { enabled: true, profile: (_ctx, client) => (rulesOf(client).highSecurity ? '2.0' : undefined) },
    // On unless it is told otherwise.
    devInteractions: { enabled: false },
  };
}

function assertClaims(
  _ctx: KoaContextWithOIDC,
  claims: { id_token?: Record<string, unknown> | undefined },
): void {
  if (!isReadableAcrClaim(claims.id_token?.acr))
    throw new errors.InvalidRequest('claims.id_token.acr cannot be read');
}
