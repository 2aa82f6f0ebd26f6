import type { Bytes } from './bytes.ts';

/** Two lower-case hexadecimal digits a byte. */
export function hexEncode(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The bytes behind lower-case hexadecimal digits, or undefined for any other text. */
export function hexDecode(text: string): Bytes | undefined {
  if (!/^([0-9a-f]{2})*$/.test(text)) return undefined;
  return Uint8Array.from(text.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16));
}
