import { randomBytes } from './bytes.ts';

/** Crockford's base 32: no I, L, O or U, so that nothing is mistaken for a digit. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** How a code that people copy by hand is written: random symbols, one that checks them, in groups. */
interface TypedCodeFormat {
  symbols: number;
  groupLength: number;
}

/** Beside a QR code, for who cannot scan it: 40 random bits, three groups of three. */
export const SAME_DEVICE_CODE: TypedCodeFormat = { symbols: 8, groupLength: 3 };

/** What pairs a device ([QR-5]: at least 112 bits): 115 random bits, six groups of four. */
export const PAIRING_CODE: TypedCodeFormat = { symbols: 23, groupLength: 4 };

/** A new code, without dashes: each random symbol is one of 32, then the symbol that checks them. */
export function newTypedCode({ symbols }: TypedCodeFormat): string {
  const random = Array.from(randomBytes(symbols), (byte) => ALPHABET.charAt(byte & 31)).join('');
  return random + checkSymbol(random);
}

/** A code as it is shown: groups with dashes between. */
export function writeTypedCode(code: string, { groupLength }: TypedCodeFormat): string {
  return code.match(new RegExp(`.{1,${groupLength}}`, 'g'))?.join('-') ?? '';
}

/**
 * The symbols of a code as somebody typed it: any case, any spaces and dashes, O read as zero, I and L as one.
 * Undefined when its length or its check symbol is wrong: a slip of the finger costs no try at the server.
 */
export function readTypedCode(text: string, { symbols }: TypedCodeFormat): string | undefined {
  if (text.length > 64) return undefined;
  const code = text
    .normalize('NFKC')
    .replace(/[\s\p{Pd}\p{Cf}]/gu, '')
    .toUpperCase()
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  const isWhole = code.length === symbols + 1 && /^[0-9A-HJKMNP-TV-Z]+$/.test(code);
  return isWhole && checkSymbol(code.slice(0, -1)) === code.at(-1) ? code : undefined;
}

/**
 * The symbol that makes the whole code, read as a polynomial over GF(2⁵), zero at the generator α. One wrong
 * symbol is always found, and so are any two that changed places, since the powers of α repeat after 31 only.
 */
function checkSymbol(symbols: string): string {
  const sum = Array.from(symbols).reduce((total, symbol) => timesAlpha(total) ^ ALPHABET.indexOf(symbol), 0);
  return ALPHABET.charAt(timesAlpha(sum));
}

/** Multiplication by α, where α⁵ = α² + 1. */
function timesAlpha(value: number): number {
  return value & 16 ? ((value << 1) & 31) ^ 5 : value << 1;
}
