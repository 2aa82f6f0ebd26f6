/** OpenID Connect RP-Initiated Logout §3: the state is passed back. */
export function returnAddress(returnUri: string, state: unknown): string {
  const url = new URL(returnUri);
  if (typeof state === 'string') url.searchParams.set('state', state);
  return url.href;
}
