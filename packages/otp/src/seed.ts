/** The secret an authenticator app is given: 160 random bits (RFC 4226 §4, R6). */
export function newSeed(): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(20));
}
