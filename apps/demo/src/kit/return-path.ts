import type { Portal, Visit } from './portal.ts';

/** The page of this portal that a form or an address wants to come back to; anything else is the home page. */
export function returnPath({ baseUrl }: Portal, { url, form }: Visit): string {
  const wanted = form.get('returnTo') ?? url.searchParams.get('returnTo') ?? '/';
  const target = URL.parse(wanted, baseUrl);
  // A path that begins with two slashes names another host when a browser is sent to it.
  if (target?.origin !== new URL(baseUrl).origin || target.pathname.startsWith('//')) return '/';
  return target.pathname + target.search;
}

/** An address with the page to come back to; the home page goes without saying. */
export function returningTo(path: string, returnTo: string): string {
  if (returnTo === '/') return path;
  return `${path}${path.includes('?') ? '&' : '?'}${new URLSearchParams({ returnTo })}`;
}
