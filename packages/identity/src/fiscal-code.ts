/**
 * The Italian fiscal code of a natural person (Ministerial Decree of 23 December 1976): six letters of the name, two
 * digits of the year, a letter of the month, two of the day (40 more for women), four of the place, one of control.
 * Where several people would have the same, digits are replaced by letters from the right (omocodia).
 */

const FORM = /^[A-Z]{6}[0-9LMNPQRSTUV]{2}[ABCDEHLMPRST][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]$/;

/** Letters in place of the digits 0 to 9. */
const OMOCODIA = 'LMNPQRSTUV';
const DIGIT_PLACES = [6, 7, 9, 10, 12, 13, 14];

/** What a character in an odd place counts, the first one being odd: of 0 to 9 as of A to J. */
const ODD = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

const LETTER_A = 65;

/** Whether a text is such a code, in capitals, with the right last letter. It says nothing of whom it belongs to. */
export function isFiscalCode(text: string): boolean {
  return FORM.test(text) && text[15] === controlLetterOf(text.slice(0, 15));
}

/** As people write it, in capitals and without spaces. */
export function normaliseFiscalCode(text: string): string {
  return text.replace(/\s/g, '').toUpperCase();
}

/** The same code with its digits, where it has letters in their place: of one person there is one such form. */
export function withDigits(code: string): string {
  const characters = [...code];
  for (const place of DIGIT_PLACES) {
    const digit = OMOCODIA.indexOf(characters[place] ?? '');
    if (digit >= 0) characters[place] = String(digit);
  }
  const first = characters.slice(0, 15).join('');
  return first + controlLetterOf(first);
}

function controlLetterOf(first: string): string {
  const sum = [...first].reduce((total, character, index) => total + worth(character, index), 0);
  return String.fromCharCode(LETTER_A + (sum % 26));
}

function worth(character: string, index: number): number {
  const value = /\d/.test(character) ? Number(character) : character.charCodeAt(0) - LETTER_A;
  // Counted from zero here, so that odd places are the even ones.
  return index % 2 === 0 ? (ODD[value] ?? 0) : value;
}
