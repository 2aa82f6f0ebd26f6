const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Base 32 of RFC 4648 §6, without the padding, which authenticator apps do not want. */
export function base32Encode(bytes: Uint8Array): string {
  return encodeBits(bytes, ALPHABET);
}

/**
 * The bytes behind a base 32 text as a person may have typed it: any case, with spaces, dashes or padding.
 * Undefined when another character is in it, or its length or its left-over bits fit no whole bytes.
 */
export function base32Decode(text: string): Uint8Array<ArrayBuffer> | undefined {
  const symbols = text.replace(/[\s-]/g, '').replace(/=+$/, '').toUpperCase();
  return decodeBits(symbols, ALPHABET);
}

/** Five bits a character, the first bit first; the last character is filled with zero bits. */
export function encodeBits(bytes: Uint8Array, alphabet: string): string {
  let text = '';
  let bits = 0;
  let pending = 0;
  for (const byte of bytes) {
    pending = (pending << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) text += alphabet.charAt((pending >> (bits - 5)) & 31);
    pending &= (1 << bits) - 1;
  }
  return bits === 0 ? text : text + alphabet.charAt((pending << (5 - bits)) & 31);
}

function decodeBits(symbols: string, alphabet: string): Uint8Array<ArrayBuffer> | undefined {
  const bytes: number[] = [];
  let bits = 0;
  let pending = 0;
  for (const symbol of symbols) {
    const value = alphabet.indexOf(symbol);
    if (value < 0) return undefined;
    pending = (pending << 5) | value;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push(pending >> bits);
    pending &= (1 << bits) - 1;
  }
  // What is left over is the filling: less than one character, and zero (RFC 4648 §3.5).
  return bits < 5 && pending === 0 ? Uint8Array.from(bytes) : undefined;
}
