/** The default alphabet of SMS (3GPP TS 23.038 §6.2.1): 160 of its characters fit one message. */
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
    '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);

/** The extension table (§6.2.1.1): each takes two places. */
const EXTENDED = new Set('\f^{}\\[~]|€');

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
    if (BASIC.has(character)) length += 1;
    else if (EXTENDED.has(character)) length += 2;
    else return undefined;
  }
  return length;
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
