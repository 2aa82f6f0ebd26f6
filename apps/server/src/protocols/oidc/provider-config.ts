import { acrOf } from '@sigillo/assurance';
import type { AdapterFactory, Client, Configuration, KoaContextWithOIDC } from 'oidc-provider';
import { errors } from 'oidc-provider';
import { COOKIES } from '../../platform/http/cookies.ts';
import type { Keyring } from '../../platform/keyring/keyring.ts';
import { findAccount } from './account-claims.ts';
import { existingGrant } from './existing-grant.ts';
import { interactionsPolicy } from './interaction-policy.ts';
import type { JudgeDeps } from './judge-request.ts';
import { LIFETIMES, RANDOM_BITS } from './lifetimes.ts';
import { requestedLanguage } from './pages/language.ts';
import type { OidcPages } from './pages/oidc-pages.ts';
import type { ConsentStore, SigningJwk } from './ports.ts';
import { CLAIMS_OF_SCOPE } from './scopes.ts';
import { isReadableAcrClaim } from './sign-in-demand.ts';

/** Paths of the endpoints, below the issuer. */
export const ROUTES = {
  authorization: '/oidc/authorize',
  token: '/oidc/token',
  userinfo: '/oidc/userinfo',
  jwks: '/oidc/jwks',
  revocation: '/oidc/revoke',
  end_session: '/oidc/sign-out',
} as const;

/** The resume cookie's path is not `/`, so it cannot be `__Host-`; the others never reach a browser. */
const COOKIE_NAMES = {
  session: COOKIES.session,
  interaction: '__Secure-sigillo-interaction',
  resume: '__Secure-sigillo-resume',
} as const;

/** Cookies that the library would set and nobody needs: the session's is the gate's own to set. */
export const UNSENT_COOKIES: readonly string[] = [COOKIE_NAMES.session, COOKIE_NAMES.interaction];

export interface ConfigDeps extends JudgeDeps {
  keyring: Keyring;
  consents: ConsentStore;
  pages: OidcPages;
  adapter: AdapterFactory;
  signingKeys: SigningJwk[];
}

/** How the library is set up: the code flow with PKCE, and nothing that is not needed. */
export function providerConfig(deps: ConfigDeps): Configuration {
  return {
    adapter: deps.adapter,
    routes: ROUTES,
    jwks: { keys: deps.signingKeys },
    ...protocolChoices(),
    ...tokenChoices(),
    ...holderChoices(deps),
    cookies: {
      names: COOKIE_NAMES,
      keys: [deps.keyring.mac('oidc-cookies').toString('base64url')],
      // The gate's token is not signed: it is looked up.
      long: { signed: false, httpOnly: true, secure: true, sameSite: 'lax', path: '/' },
      short: { signed: true, httpOnly: true, secure: true, sameSite: 'lax' },
    },
    features: features(deps.pages),
    renderError: deps.pages.renderError,
    clientBasedCORS: (_ctx, origin, client) => isOriginOf(client, origin),
  };
}

function protocolChoices(): Configuration {
  return {
    responseTypes: ['code'],
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'none'],
    pkce: { required: () => true },
    allowOmittingSingleRegisteredRedirectUri: false,
    subjectTypes: ['pairwise', 'public'],
    acrValues: [acrOf(1), acrOf(2), acrOf(3)],
    scopes: ['openid', 'offline_access'],
    claims: {
      // In ID tokens; the userinfo endpoint knows of no sign-in and leaves them out.
      openid: ['sub', 'acr', 'amr', 'auth_time'],
      profile: [...CLAIMS_OF_SCOPE.profile],
      email: [...CLAIMS_OF_SCOPE.email],
      phone: [...CLAIMS_OF_SCOPE.phone],
    },
    enabledJWA: { idTokenSigningAlgValues: ['ES256', 'PS256'] },
    clientDefaults: {
      id_token_signed_response_alg: 'ES256',
      subject_type: 'pairwise',
      response_modes: ['query'],
    },
    discovery: { ui_locales_supported: ['it', 'en'], claims_locales_supported: undefined },
  };
}

function tokenChoices(): Configuration {
  return {
    ttl: {
      AccessToken: LIFETIMES.accessToken,
      AuthorizationCode: LIFETIMES.authorizationCode,
      Grant: LIFETIMES.grant,
      IdToken: LIFETIMES.idToken,
      Interaction: LIFETIMES.interaction,
      // Idle, and absolute since the first of the family.
      RefreshToken: (_ctx, token) =>
        Math.max(
          1,
          Math.min(LIFETIMES.refreshTokenIdle, LIFETIMES.refreshTokenAbsolute - token.totalLifetime()),
        ),
      // Never stored: sessions are the gate's.
      Session: LIFETIMES.interaction,
    },
    formats: { bitsOfOpaqueRandomness: RANDOM_BITS },
    clockTolerance: 0,
    rotateRefreshToken: () => true,
    issueRefreshToken: (_ctx, client, source) =>
      client.grantTypeAllowed('refresh_token') && source.scopes.has('offline_access'),
    // Every artifact is bound to its session by our adapter, tokens for the time after it too.
    expiresWithSession: () => false,
    // Revoking an access token leaves the grant, so that the client may ask for another.
    revokeGrantPolicy: ({ oidc }) => !(oidc.route === 'revocation' && oidc.entities.AccessToken),
  };
}

function holderChoices(deps: ConfigDeps): Configuration {
  return {
    findAccount: (_ctx, accountId) => findAccount(deps.gate, accountId),
    loadExistingGrant: (ctx) => existingGrant(deps, ctx),
    // One holder is nobody that two sectors could recognise (OpenID Connect Core §8.1).
    pairwiseIdentifier: (_ctx, accountId, client) =>
      deps.keyring.mac('pairwise-subject', String(client.sectorIdentifier), accountId).toString('base64url'),
    interactions: {
      policy: interactionsPolicy(deps),
      url: (ctx, { uid, prompt }) => interactionPath(ctx, uid, prompt.name),
    },
  };
}

function interactionPath({ oidc }: KoaContextWithOIDC, uid: string, prompt: string): string {
  const query = new URLSearchParams({ interaction: uid });
  const language = requestedLanguage(oidc.params?.ui_locales);
  if (language) query.set('lang', language);
  return `/${prompt === 'consent' ? 'consent' : 'sign-in'}?${query}`;
}

function features(pages: OidcPages): NonNullable<Configuration['features']> {
  return {
    claimsParameter: { enabled: true, assertClaimsParameter: assertClaims },
    revocation: { enabled: true, allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId },
    // Announced here, and told by an outbox of ours: by the library whoever signs out would wait, and it tells once.
    backchannelLogout: { enabled: true },
    rpInitiatedLogout: { enabled: true, logoutSource: pages.renderSignOut },
    userinfo: { enabled: true },
    // On unless they are told otherwise.
    devInteractions: { enabled: false },
    dPoP: { enabled: false },
    pushedAuthorizationRequests: { enabled: false },
    resourceIndicators: { enabled: false },
  };
}

function assertClaims(
  _ctx: KoaContextWithOIDC,
  claims: { id_token?: Record<string, unknown> | undefined },
): void {
  if (!isReadableAcrClaim(claims.id_token?.acr))
    throw new errors.InvalidRequest('claims.id_token.acr cannot be read');
}

/** Scripts of public clients call from the pages they are redirected to; nobody else's may. */
function isOriginOf(client: Client, origin: string): boolean {
  const isPublic = client.clientAuthMethod === 'none';
  return isPublic && (client.redirectUris ?? []).some((uri) => URL.parse(uri)?.origin === origin);
}
