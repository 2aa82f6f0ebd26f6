/**
 * A password as it is compared and hashed: NFC, once, and nothing else. Not trimmed, cut or folded: what was
 * typed is what counts, however the keyboard composes its accents ([PW-2]; NIST SP 800-63B-4 §3.1.1.2).
 */
export function normalisePassword(text: string): string {
  return text.normalize('NFC');
}

/** Length as people count it, roughly: an emoji or an accented letter is one, unless it is made of several. */
export function countCodePoints(text: string): number {
  return Array.from(text).length;
}
