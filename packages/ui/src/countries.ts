import {
  type CountryCode,
  getCountries,
  getCountryCallingCode,
  isSupportedCountry,
} from 'libphonenumber-js/min';
import { LANGUAGES } from './languages.ts';

export interface Country {
  /** ISO 3166-1 alpha-2. */
  code: CountryCode;
  /** In the reader's language. */
  name: string;
  /** Calling code with its plus: "+39". */
  prefix: string;
  /** Everything a person may type to find it: names in all our languages, prefix, code; folded. */
  search: string;
}

/** All countries that have telephone numbers, in the alphabetical order of a language. */
export function listCountries(language: string): Country[] {
  const names = LANGUAGES.map((tag) => new Intl.DisplayNames([tag], { type: 'region' }));
  const ownNames = new Intl.DisplayNames([language], { type: 'region' });
  return getCountries()
    .map((code) => {
      const prefix = `+${getCountryCallingCode(code)}`;
      const search = fold([...names.map((list) => list.of(code) ?? ''), prefix, code].join(' | '));
      return { code, name: ownNames.of(code) ?? code, prefix, search };
    })
    .sort((a, b) => a.name.localeCompare(b.name, language));
}

/** Calling code of a country with its plus, or nothing for a country without telephones. */
export function prefixOf(code: string): string {
  return isSupportedCountry(code) ? `+${getCountryCallingCode(code)}` : '';
}

/** Whether a country answers to what was typed: "germ", "Germania", "+49", "0049", "de". */
export function matchesCountry(country: Country, typed: string): boolean {
  const wanted = fold(typed)
    .trim()
    .replace(/^00(?=\d)/, '+');
  if (/^\d/.test(wanted)) return country.prefix.startsWith(`+${wanted}`);
  if (wanted.startsWith('+')) return country.prefix.startsWith(wanted);
  if (wanted.length <= 2) return country.search.split(' | ').some((name) => name.startsWith(wanted));
  return country.search.includes(wanted);
}

/** Lower case, without accents and with plain apostrophes, so that "cote d'i" finds "Côte d’Ivoire". */
function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Diacritic}/gu, '')
    .replace(/[‘’]/g, "'")
    .toLowerCase();
}
