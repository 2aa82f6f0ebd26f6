/**
 * Whether two texts are equal, in a time that depends on their lengths only.
 * Web Crypto has no such comparison; Node's own is not in a browser.
 */
export function isEqualInConstantTime(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i += 1) difference |= a.charCodeAt(i) ^ b.charCodeAt(i);
  return difference === 0;
}
