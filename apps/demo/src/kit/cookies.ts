/** A cookie of a `Cookie` header, or undefined. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

/**
 * A `Set-Cookie` header out of the reach of scripts. `Lax`, not `Strict`: the browser must bring it along
 * when the sign-in page sends it back here. Without a lifetime it ends with the browser; 0 removes it.
 *
 * @param value only characters a cookie may hold unquoted (RFC 6265 §4.1.1)
 */
export function writeCookie(name: string, value: string, secure: boolean, lifetimeSeconds?: number): string {
  const parts = [`${name}=${value}`, 'Path=/', 'HttpOnly', 'SameSite=Lax'];
  if (secure) parts.push('Secure');
  if (lifetimeSeconds !== undefined) parts.push(`Max-Age=${lifetimeSeconds}`);
  return parts.join('; ');
}
