import { type ASSERTION_ALGS, hasKeyFor } from './client-keys.ts';
import type { ClientRules } from './client-rules.ts';

/** What of a registration has to go together. */
interface Entry extends ClientRules {
  clientSecret?: string | undefined;
  tokenEndpointAuthMethod: string;
  tokenEndpointAuthSigningAlg?: (typeof ASSERTION_ALGS)[number] | undefined;
  jwks?: { keys: readonly object[] } | undefined;
  jwksUri?: string | undefined;
  redirectUris: readonly string[];
  scopes: readonly string[];
  subjectType: string;
}

type Fault = readonly [path: keyof Entry, message: string];

const SECRET_METHODS = ['client_secret_basic', 'client_secret_post'];

/** Everything that contradicts something else in a registration. */
export function contradictions(entry: Entry): Fault[] {
  return [...ofAddresses(entry), ...ofAuthentication(entry), ...ofRules(entry)].filter(
    (fault) => fault !== false,
  );
}

const ofAddresses = ({ scopes, subjectType, redirectUris, introspects }: Entry): (Fault | false)[] => [
  !scopes.includes('openid') && ['scopes', 'has to contain openid'],
  subjectType === 'pairwise' &&
    new Set(redirectUris.map((uri) => URL.parse(uri)?.host)).size > 1 && [
      'redirectUris',
      'have to be of one host where subjectType is pairwise (OpenID Connect Core §8.1)',
    ],
  redirectUris.length === 0 &&
    introspects.length === 0 && ['redirectUris', 'are needed, unless the client is an API that introspects'],
];

function ofAuthentication(entry: Entry): (Fault | false)[] {
  const { tokenEndpointAuthMethod: method, tokenEndpointAuthSigningAlg: alg, jwks } = entry;
  const needsSecret = SECRET_METHODS.includes(method);
  const needsKeys = method === 'private_key_jwt';
  const hasKeys = jwks !== undefined || entry.jwksUri !== undefined;
  const means = `where tokenEndpointAuthMethod is ${method}`;
  return [
    !needsSecret && entry.clientSecret !== undefined && ['clientSecret', `means nothing ${means}`],
    needsSecret && entry.clientSecret === undefined && ['clientSecret', `is needed ${means}`],
    needsKeys && !hasKeys && ['jwks', `or jwksUri is needed ${means}`],
    jwks !== undefined && entry.jwksUri !== undefined && ['jwksUri', 'goes with no jwks'],
    !needsKeys && hasKeys && ['jwks', `and jwksUri mean nothing ${means}`],
    !needsKeys && alg !== undefined && ['tokenEndpointAuthSigningAlg', `means nothing ${means}`],
    needsKeys &&
      jwks !== undefined &&
      !hasKeyFor(alg ?? 'ES256', jwks) && ['jwks', `has no key for ${alg ?? 'ES256'}`],
  ];
}

function ofRules({ tokenEndpointAuthMethod: method, ...entry }: Entry): (Fault | false)[] {
  const { highSecurity, compatibility, introspects } = entry;
  return [
    highSecurity &&
      method !== 'private_key_jwt' && ['highSecurity', 'needs tokenEndpointAuthMethod private_key_jwt'],
    highSecurity && compatibility.length > 0 && ['compatibility', 'has to be empty where highSecurity is on'],
    highSecurity &&
      entry.redirectUris.some((uri) => !uri.startsWith('https:')) && [
        'redirectUris',
        'have to be https where highSecurity is on',
      ],
    method === 'none' &&
      compatibility.includes('without-pkce') && [
        'compatibility',
        'without-pkce is for clients that authenticate',
      ],
    method === 'none' && introspects.length > 0 && ['introspects', 'is for clients that authenticate'],
  ];
}
