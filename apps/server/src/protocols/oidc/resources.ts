import type { Configuration, KoaContextWithOIDC } from 'oidc-provider';
import { errors } from 'oidc-provider';
import { rulesOf } from './client-rules.ts';
import { LIFETIMES } from './lifetimes.ts';
import { CLAIMS_OF_SCOPE } from './scopes.ts';

/** What a token for an API may say of its holder's consent; whatever else it may is the API's to know. */
const SCOPES_FOR_APIS = ['openid', ...Object.keys(CLAIMS_OF_SCOPE)].join(' ');

type ResourceFeature = NonNullable<NonNullable<Configuration['features']>['resourceIndicators']>;

/**
 * Access tokens for APIs (RFC 8707): each for the one that is named, of those that the client may ask for. Without
 * a name a token is for the userinfo endpoint and nothing else.
 */
export function resourceFeature(): ResourceFeature {
  return {
    enabled: true,
    useGrantedResource: () => false,
    getResourceServerInfo: (_ctx, identifier, client) => {
      const resource = rulesOf(client).resources.find((one) => one.identifier === identifier);
      if (!resource) throw new errors.InvalidTarget('the client may not ask for tokens for this resource');
      const isJwt = resource.accessTokenFormat === 'jwt';
      return {
        scope: SCOPES_FOR_APIS,
        audience: identifier,
        accessTokenFormat: resource.accessTokenFormat,
        accessTokenTTL: isJwt ? LIFETIMES.jwtAccessToken : LIFETIMES.accessToken,
      };
    },
  };
}

/** How surely the holder was signed in, for APIs (RFC 9068 §2.2.1, RFC 9470 §6.2). */
export function claimsForApis({ oidc }: KoaContextWithOIDC, token: { aud?: unknown }) {
  const source = oidc.entities.AuthorizationCode ?? oidc.entities.RefreshToken;
  if (token.aud === undefined || !source) return undefined;
  const { acr, amr, authTime } = source;
  return { acr, amr, auth_time: authTime };
}
