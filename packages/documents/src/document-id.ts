import { createHash } from 'node:crypto';

/**
 * The document's identifier (ISO 32000-1 §14.4): 16 bytes of a hash of its kind and data, whatever the order of the
 * data's keys.
 */
export function documentId(kind: string, data: unknown): Uint8Array {
  const canonical = JSON.stringify([kind, data], (_, value: unknown) => withSortedKeys(value));
  return createHash('sha256').update(canonical).digest().subarray(0, 16);
}

function withSortedKeys(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
