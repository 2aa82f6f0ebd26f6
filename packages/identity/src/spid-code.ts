/** Digits and capitals without those that are taken for one another. */
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const RANDOM_LENGTH = 10;
const FORM = /^[A-Z]{4}[A-Z0-9]{10}$/;

/**
 * A new code of a digital identity: the provider's four letters and ten characters of fifty random bits (AgID, Tabella
 * attributi). That it was never given before is for whoever keeps the codes.
 *
 * @param provider the four letters that AgID gave to the provider
 * @param random at least ten random bytes
 */
export function spidCodeOf(provider: string, random: Uint8Array): string {
  if (!/^[A-Z]{4}$/.test(provider)) throw new TypeError('a provider has four capitals');
  if (random.length < RANDOM_LENGTH) throw new TypeError('ten random bytes are needed');
  // 256 is a multiple of 32: every character is as likely.
  const drawn = Array.from(random.subarray(0, RANDOM_LENGTH), (byte) => ALPHABET[byte % ALPHABET.length]);
  return provider + drawn.join('');
}

/** Whether a text has the form of such a code. */
export function isSpidCode(text: string): boolean {
  return FORM.test(text);
}
