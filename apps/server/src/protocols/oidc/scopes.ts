/** What a relying party may ask to know, in the order that a page shows it. */
export const SCOPES = ['openid', 'profile', 'email', 'phone', 'offline_access'] as const;

/** The claims that each scope stands for (OpenID Connect Core §5.4); `offline_access` for none. */
export const CLAIMS_OF_SCOPE = {
  profile: ['preferred_username', 'locale'],
  email: ['email', 'email_verified'],
  phone: ['phone_number', 'phone_number_verified'],
} as const;

/** The claims that the given scopes allow. */
export function claimsOf(scopes: readonly string[]): string[] {
  return Object.entries(CLAIMS_OF_SCOPE).flatMap(([scope, claims]) => (scopes.includes(scope) ? claims : []));
}
