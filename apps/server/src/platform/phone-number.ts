import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/max';

/** A number that may receive codes, or why it may not. */
export type PhoneNumber =
  | { e164: string; country: string }
  | { reason: 'malformed' | 'not-mobile' | 'country' };

/** In some countries (the United States among them) a number does not tell whether it is a mobile's. */
const MOBILE_TYPES = new Set(['MOBILE', 'FIXED_LINE_OR_MOBILE']);

/**
 * Reads a number in international form (+39… or 0039…), with the full metadata of libphonenumber: the
 * smaller sets do not know premium and fixed ranges, and a code sent to a premium number pays an attacker.
 * Only mobile numbers of the given countries are accepted.
 *
 * @param allowedCountries ISO 3166-1 alpha-2
 */
export function parsePhone(text: string, allowedCountries: readonly string[]): PhoneNumber {
  if (text.length > 64) return { reason: 'malformed' };
  const phone = parsePhoneNumberFromString(text.normalize('NFKC').trim().replace(/^00/, '+'), {
    extract: false,
  });
  if (!phone?.isValid() || phone.ext !== undefined) return { reason: 'malformed' };
  const country: CountryCode | undefined = phone.country;
  if (country === undefined || !allowedCountries.includes(country)) return { reason: 'country' };
  if (!MOBILE_TYPES.has(phone.getType() ?? '')) return { reason: 'not-mobile' };
  return { e164: phone.number, country };
}

/** A number as somebody says it on the telephone, an Italian one also without its country; in E.164 form. */
export function readPhone(text: string): string | undefined {
  if (text.length > 64) return undefined;
  const written = text.normalize('NFKC').trim().replace(/^00/, '+');
  const phone = parsePhoneNumberFromString(written, { defaultCountry: 'IT', extract: false });
  return phone?.isValid() ? phone.number : undefined;
}

/** Country code and last four digits: `+39 ••• ••• 4321`, whatever the length of the number. */
export function maskPhone(e164: string): string {
  const callingCode = parsePhoneNumberFromString(e164)?.countryCallingCode;
  return `${callingCode ? `+${callingCode} ` : ''}••• ••• ${e164.slice(-4)}`;
}
