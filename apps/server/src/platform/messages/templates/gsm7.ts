/** The default alphabet of SMS (3GPP TS 23.038 §6.2.1): 160 of its characters fit one message. */
const ALPHABET =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
  '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const ESCAPE = 0x1b;
const BASIC = new Map([...ALPHABET].map((character, code) => [character, code]));
BASIC.delete('\u001b');

/** The extension table (§6.2.1.1): each takes two places. */
const EXTENDED = new Map([
  ['\f', 0x0a],
  ['^', 0x14],
  ['{', 0x28],
  ['}', 0x29],
  ['\\', 0x2f],
  ['[', 0x3c],
  ['~', 0x3d],
  [']', 0x3e],
  ['|', 0x40],
  ['€', 0x65],
]);

/** Signs that no decomposition brings into the alphabet. */
const NEAREST: Record<string, string> = {
  '‘': "'",
  '’': "'",
  '`': "'",
  '“': '"',
  '”': '"',
  '«': '"',
  '»': '"',
  '„': '"',
  '–': '-',
  '—': '-',
  '‑': '-',
};

/**
 * How many of the 160 places of one SMS a text takes, or undefined when a character of it is not in the
 * alphabet (a single one would halve the room of the whole message).
 */
export function gsm7Length(text: string): number | undefined {
  let length = 0;
  for (const character of text) {
    const codes = gsm7Codes(character);
    if (!codes) return undefined;
    length += codes.length;
  }
  return length;
}

/** The codes of one character, each in an octet of its own; undefined when it is not in the alphabet. */
export function gsm7Codes(character: string): number[] | undefined {
  const basic = BASIC.get(character);
  if (basic !== undefined) return [basic];
  const extended = EXTENDED.get(character);
  return extended === undefined ? undefined : [ESCAPE, extended];
}

/** The text with every character brought into the alphabet: the same letter without its accent, else `?`. */
export function toGsm7(text: string): string {
  return [...text.normalize('NFC')].map(nearest).join('');
}

function nearest(character: string): string {
  if (gsm7Length(character) !== undefined) return character;
  const listed = NEAREST[character];
  if (listed !== undefined) return listed;
  const plain = character.normalize('NFKD').replaceAll(/\p{M}/gu, '');
  return gsm7Length(plain) === undefined ? '?' : plain;
}
