import type { Client } from 'oidc-provider';

/**
 * What the profile of OAuth that we hold to forbids and some clients cannot do without. Every one is a risk that
 * an administrator takes for one client, so each is off unless it is named.
 *
 * - `without-pkce`: a client with a secret may leave PKCE out (RFC 9700 §2.1.1 wants it of all)
 * - `endpoint-audience`: assertions may name the endpoint they are sent to, or a list, instead of the issuer
 *   alone (OpenID Connect Core §9 allowed it; another server could then use what it was sent)
 */
export const COMPATIBILITY = ['without-pkce', 'endpoint-audience'] as const;

/** What an access token looks like: a name that says nothing, or what an API reads without asking (RFC 9068). */
export const TOKEN_FORMATS = ['opaque', 'jwt'] as const;

/** An API that a client may ask access tokens for (RFC 8707). */
export interface Resource {
  identifier: string;
  accessTokenFormat: (typeof TOKEN_FORMATS)[number];
}

/** What we know of a client beside what the standards have names for. */
export interface ClientRules {
  /** Held to the FAPI 2.0 Security Profile. */
  highSecurity: boolean;
  compatibility: readonly (typeof COMPATIBILITY)[number][];
  /** APIs it may ask access tokens for. */
  resources: readonly Resource[];
  /** Identifiers of the API that it is: it may introspect access tokens for them. */
  introspects: readonly string[];
}

/** The member of a client's metadata that the rules travel in, past the library. */
export const RULES = 'sigillo_rules';

/** Of most clients. */
export const PLAIN: ClientRules = { highSecurity: false, compatibility: [], resources: [], introspects: [] };

/** The rules of a client; most have none of their own. */
export function rulesOf(client: Client | undefined): ClientRules {
  return (client?.[RULES] as ClientRules | undefined) ?? PLAIN;
}

/** The member for a client's metadata; nothing for a client without rules. */
export function rulesMember({ highSecurity, compatibility, resources, introspects }: ClientRules): {
  [RULES]?: ClientRules;
} {
  const isPlain = !highSecurity && [compatibility, resources, introspects].every((list) => list.length === 0);
  return isPlain ? {} : { [RULES]: { highSecurity, compatibility, resources, introspects } };
}
