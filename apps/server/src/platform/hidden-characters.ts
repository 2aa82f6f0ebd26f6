/**
 * C0 and C1 controls except tab and line feed; they could break a header or a terminal. Also what reorders or
 * hides text: bidirectional controls and zero-width characters; not the joiners, which some scripts are written with.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** For people who read it: without what they do not see. */
export const withoutHidden = (text: string): string => text.replaceAll(HIDDEN, '');

/** For a terminal: what it would obey, or show in another order, is written out, and nothing is lost. */
export const escapeHidden = (text: string): string =>
  text.replaceAll(HIDDEN, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
