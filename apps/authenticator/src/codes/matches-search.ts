import type { AccountNames } from '../vault/code-account.ts';

/** Whether every word that was typed stands in the names, whatever its case and accents. */
export function matchesSearch({ issuer, account }: AccountNames, typed: string): boolean {
  const names = folded(`${issuer} ${account}`);
  return folded(typed)
    .split(/\s+/)
    .every((word) => names.includes(word));
}

function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
