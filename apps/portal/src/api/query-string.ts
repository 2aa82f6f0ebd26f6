/** "?a=1&b=2" of the values that are there; empty when none is. */
export function queryString(values: Record<string, string | null | undefined>): string {
  const pairs = Object.entries(values).filter((pair): pair is [string, string] => Boolean(pair[1]));
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`;
}
