import { getCountryCallingCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** What the holder typed, kept as typed, and the number it makes. */
export interface PhoneValue {
  /** ISO 3166-1 alpha-2. */
  country: string;
  typed: string;
  /** E.164, or undefined as long as it is not a possible number. */
  e164: string | undefined;
}

/**
 * The number somebody is typing. One typed with its own prefix ("+44 …", "0044 …") brings its country along,
 * unless the chosen one shares that prefix. Whether it is a mobile number is for the server to say.
 */
export function readPhone(typed: string, country: string): PhoneValue {
  const chosen = isSupportedCountry(country) ? country : undefined;
  const international = typed.replace(/^\s*00/, '+');
  const parsed = parsePhoneNumberFromString(international, chosen);
  const stays = chosen && parsed?.countryCallingCode === getCountryCallingCode(chosen);
  return {
    country: (stays ? chosen : parsed?.country) ?? country,
    typed,
    e164: parsed?.isPossible() ? parsed.number : undefined,
  };
}

/** A number in E.164 as its holder would write it, for a field that starts filled. */
export function fillPhone(e164: string): PhoneValue {
  const parsed = parsePhoneNumberFromString(e164);
  if (!parsed?.country) return { country: 'IT', typed: e164, e164 };
  return { country: parsed.country, typed: parsed.formatNational(), e164 };
}
