import { getCountries } from 'libphonenumber-js/max';

/** Islands that are no countries of their own (ISO 3166-1 reserves their letters), but have telephone numbers. */
const PARTS: readonly string[] = ['AC', 'TA'];

/** The countries where somebody may live, ISO 3166-1 alpha-2. */
export const COUNTRIES: string[] = getCountries().filter((code) => !PARTS.includes(code));
