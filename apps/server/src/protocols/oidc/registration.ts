import { METHODS } from '@sigillo/assurance';
import { z } from 'zod';
import { ASSERTION_ALGS, ClientKeys } from './client-keys.ts';
import { COMPATIBILITY, rulesMember, TOKEN_FORMATS } from './client-rules.ts';
import { readLogo } from './logo.ts';
import { contradictions } from './registration-faults.ts';
import { SCOPES } from './scopes.ts';

const SECOND_FACTORS = Object.entries(METHODS)
  .filter(([, traits]) => traits.signsIn && traits.kind !== 'knowledge')
  .map(([method]) => method);

const label = z.string().trim().min(1).max(80);

/** Where a browser may be sent with a code: https, or plain http on this very computer (RFC 8252 §7.3). */
const redirectUri = z
  .string()
  .max(500)
  .refine(isRedirectUri, 'has to be https, or http on a loopback address, without # or a user name');

function isRedirectUri(text: string): boolean {
  const url = URL.parse(text);
  if (!url || /[#*\s]/.test(text) || url.username !== '' || url.password !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
}

const isLoopback = (hostname: string) => ['localhost', '127.0.0.1', '[::1]'].includes(hostname);

const webUrl = z.url({ protocol: /^https?$/ }).max(500);

/** An API as tokens name it (RFC 8707 §2). */
const identifier = z
  .url()
  .max(500)
  .refine((text) => !text.includes('#'), 'has to be without #');

const Resource = z.strictObject({
  identifier,
  accessTokenFormat: z.enum(TOKEN_FORMATS).default('opaque'),
});

/** How clients may prove who they are, at every endpoint that they call. */
export const AUTHENTICATION = [
  'client_secret_basic',
  'client_secret_post',
  'private_key_jwt',
  'none',
] as const;

const Policy = z
  .strictObject({
    level: z.union([z.literal(1), z.literal(2)]),
    secondFactor: z.enum(['optional', 'required']),
    methods: z.array(z.enum(SECOND_FACTORS)).min(1),
    first: z.enum(SECOND_FACTORS),
    registrationPhone: z.enum(['required', 'optional', 'none']),
    smsAlone: z.boolean(),
  })
  .refine(({ methods, first }) => methods.includes(first), {
    path: ['first'],
    message: 'has to be one of methods',
  });

/**
 * A relying party as an administrator describes it: one entry of the clients file, or of an import. The same
 * words as RFC 7591 §2 and OpenID Connect Registration §2 use, in camel case.
 */
export const Registration = z
  .strictObject({
    clientId: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._~-]{0,99}$/),
    clientSecret: z
      .string()
      .min(32)
      .max(256)
      .regex(/^[\x21-\x7e]+$/)
      .optional(),
    name: z.strictObject({ it: label, en: label }),
    homeUrl: webUrl.optional(),
    logo: z
      .string()
      .refine(
        (text) => readLogo(text) !== undefined,
        'has to be a data: URI of a PNG or SVG of 64 KiB at most',
      )
      .optional(),
    redirectUris: z.array(redirectUri).max(50).default([]),
    postLogoutRedirectUris: z.array(redirectUri).max(50).default([]),
    backchannelLogoutUri: redirectUri.optional(),
    backchannelLogoutSessionRequired: z.boolean().default(true),
    tokenEndpointAuthMethod: z.enum(AUTHENTICATION),
    tokenEndpointAuthSigningAlg: z.enum(ASSERTION_ALGS).optional(),
    jwks: ClientKeys.optional(),
    jwksUri: z
      .url({ protocol: /^https?$/ })
      .max(500)
      .optional(),
    dpopBoundAccessTokens: z.boolean().default(false),
    highSecurity: z.boolean().default(false),
    compatibility: z.array(z.enum(COMPATIBILITY)).default([]),
    resources: z.array(Resource).max(20).default([]),
    introspects: z.array(identifier).max(20).default([]),
    applicationType: z.enum(['web', 'native']).default('web'),
    scopes: z.array(z.enum(SCOPES)),
    subjectType: z.enum(['pairwise', 'public']).default('pairwise'),
    idTokenSignedResponseAlg: z.enum(['ES256', 'PS256']).default('ES256'),
    policy: Policy,
    chatUrl: webUrl.optional(),
    caseNumberLabel: z.enum(['case', 'claim']).default('case'),
  })
  .superRefine((entry, context) => {
    for (const [path, message] of contradictions(entry))
      context.addIssue({ code: 'custom', path: [path], message });
  });

export type Registration = z.output<typeof Registration>;

/** What the library reads of a registration, without the secret (OpenID Connect Registration §2). */
export function clientMetadata(entry: Registration) {
  const { clientId, scopes, redirectUris } = entry;
  // An API signs nobody in; nor is there anybody whose name it could share with another.
  const signsIn = redirectUris.length > 0;
  return {
    client_id: clientId,
    client_name: entry.name.en,
    application_type: entry.applicationType,
    redirect_uris: redirectUris,
    post_logout_redirect_uris: entry.postLogoutRedirectUris,
    ...(entry.backchannelLogoutUri !== undefined && {
      backchannel_logout_uri: entry.backchannelLogoutUri,
      backchannel_logout_session_required: entry.backchannelLogoutSessionRequired,
    }),
    token_endpoint_auth_method: entry.tokenEndpointAuthMethod,
    grant_types: signsIn
      ? ['authorization_code', ...(scopes.includes('offline_access') ? ['refresh_token'] : [])]
      : [],
    response_types: signsIn ? ['code' as const] : [],
    response_modes: ['query'],
    scope: scopes.join(' '),
    subject_type: signsIn ? entry.subjectType : ('public' as const),
    id_token_signed_response_alg: entry.idTokenSignedResponseAlg,
    ...keysMember(entry),
    ...(entry.highSecurity && { require_pushed_authorization_requests: true }),
    ...((entry.highSecurity || entry.dpopBoundAccessTokens) && { dpop_bound_access_tokens: true }),
    ...rulesMember(entry),
  };
}

function keysMember({ tokenEndpointAuthMethod, tokenEndpointAuthSigningAlg, jwks, jwksUri }: Registration): {
  token_endpoint_auth_signing_alg?: (typeof ASSERTION_ALGS)[number];
  jwks?: Registration['jwks'];
  jwks_uri?: string;
} {
  if (tokenEndpointAuthMethod !== 'private_key_jwt') return {};
  return {
    token_endpoint_auth_signing_alg: tokenEndpointAuthSigningAlg ?? 'ES256',
    ...(jwks && { jwks }),
    ...(jwksUri !== undefined && { jwks_uri: jwksUri }),
  };
}

/** Origins whose scripts may call the token and userinfo endpoints: of public clients, which are such scripts. */
export function corsOrigins(entry: Registration): string[] {
  if (entry.tokenEndpointAuthMethod !== 'none') return [];
  return [...new Set(entry.redirectUris.map((uri) => new URL(uri).origin))];
}
