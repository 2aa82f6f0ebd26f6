/**
 * The token of a link from one of our mails, pasted whole, with spaces around it, broken over lines or as the
 * token alone; undefined when there is none.
 */
export function tokenFromLink(text: string): string | undefined {
  const joined = text.replace(/[\s<>]+/g, '');
  const token = joined.includes('#') ? joined.slice(joined.indexOf('#') + 1) : joined;
  return /^[A-Za-z0-9_.-]{16,}$/.test(token) ? token : undefined;
}
