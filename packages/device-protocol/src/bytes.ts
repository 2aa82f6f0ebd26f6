/** Bytes in memory of their own, which is what Web Crypto takes. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** So many random bytes. @param length at most 65,536 (Web Cryptography §10.1.1) */
export function randomBytes(length: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(length));
}

/** The UTF-8 of a text; half a surrogate pair becomes U+FFFD (RFC 3629). */
export function utf8Encode(text: string): Bytes {
  return new TextEncoder().encode(text);
}

/** The text behind UTF-8, or undefined when the bytes are none. A byte order mark is kept: it was signed. */
export function utf8Decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** The parts one after another, with nothing between: only where every part has a fixed length. */
export function join(...parts: Uint8Array[]): Bytes {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/**
 * The parts one after another, each after its length in four bytes, most significant first: no two lists of
 * parts make the same bytes. A text stands for its UTF-8.
 */
export function lengthPrefixed(...parts: (string | Uint8Array)[]): Bytes {
  const prefixed = parts.flatMap((part) => {
    const bytes = typeof part === 'string' ? utf8Encode(part) : part;
    return [uint32(bytes.length), bytes];
  });
  return join(...prefixed);
}

/** Four bytes, most significant first. @throws RangeError outside 0 to 2³²−1 */
export function uint32(value: number): Bytes {
  if (!Number.isInteger(value) || value < 0 || value > 0xffffffff) throw new RangeError('not a uint32');
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, value);
  return new Uint8Array(view.buffer);
}

/** SHA-256 (FIPS 180-4 §6.2). */
export async function sha256(bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}
