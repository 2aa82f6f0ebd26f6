import { parsePhoneNumberFromString } from 'libphonenumber-js/max';

/** What SMS cost and how much may be spent in an hour. Amounts are decimal, such as `0.055`, of one currency. */
export interface TariffSettings {
  /** ISO 4217. */
  currency: string;
  /** The price of one SMS, where `prices` names none. */
  price: string;
  /** By the beginning of the number, such as `+39` or `+4478`; the longest that fits counts. */
  prices: Readonly<Record<string, string>>;
  hourlyBudget: string;
  /** Of each prefix, where `prefixBudgets` names none. */
  prefixBudget: string;
  prefixBudgets: Readonly<Record<string, string>>;
}

/** What one SMS to a number costs. Amounts are ten-thousandths of the currency's unit. */
export interface Quote {
  price: number;
  /** Whose budget it is of: the longest prefix that settings name, else the country's calling code. */
  prefix: string;
  /** A part of the country, an operator's mostly: calling code and three more digits. */
  range: string;
  /** What may be spent in an hour on `prefix`, and on all. */
  prefixBudget: number;
  budget: number;
}

/** Amounts are whole numbers of this part of the currency's unit: nothing is lost by adding them. */
export const AMOUNTS_PER_UNIT = 10_000;
const RANGE_DIGITS = 3;

/** Decimal text as ten-thousandths: `0.055` is 550. */
export function parseAmount(text: string): number {
  const [units = '', fraction = ''] = text.split('.');
  return Number(units) * AMOUNTS_PER_UNIT + Number(fraction.padEnd(4, '0').slice(0, 4));
}

/** Ten-thousandths as text: 550 is `0.055`. */
export function formatAmount(amount: number, currency: string): string {
  return `${(amount / AMOUNTS_PER_UNIT).toFixed(4).replace(/0{1,2}$/, '')} ${currency}`;
}

/** Tells what an SMS costs, by the number it goes to (E.164). */
export function tariff(settings: TariffSettings): (e164: string) => Quote {
  const { prices, prefixBudgets } = settings;
  const named = [...new Set([...Object.keys(prices), ...Object.keys(prefixBudgets)])].sort(
    (a, b) => b.length - a.length,
  );
  const longest = (of: Readonly<Record<string, string>>, e164: string) =>
    named.find((prefix) => prefix in of && e164.startsWith(prefix));
  return (e164) => {
    const code = `+${parsePhoneNumberFromString(e164)?.countryCallingCode ?? e164.slice(1, 3)}`;
    const prefix = named.find((one) => e164.startsWith(one)) ?? code;
    return {
      price: parseAmount(prices[longest(prices, e164) ?? ''] ?? settings.price),
      prefix,
      range: e164.slice(0, Math.max(prefix.length, code.length + RANGE_DIGITS)),
      prefixBudget: parseAmount(prefixBudgets[longest(prefixBudgets, e164) ?? ''] ?? settings.prefixBudget),
      budget: parseAmount(settings.hourlyBudget),
    };
  };
}
