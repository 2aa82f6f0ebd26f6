import { type CountryCode, getCountryCallingCode } from 'libphonenumber-js/max';
import { expect, test } from 'vitest';
import { loadConfig } from '../../config/config.ts';
import { formatAmount, parseAmount, tariff } from './tariff.ts';

const quote = tariff({
  currency: 'EUR',
  price: '0.10',
  prices: { '+39': '0.055', '+39375': '0.2' },
  hourlyBudget: '100',
  prefixBudget: '5',
  prefixBudgets: { '+39': '60', '+4478': '8' },
});

test('amounts are whole ten-thousandths: nothing is lost by adding them', () => {
  expect(['0.055', '12', '0.1', '0.0001'].map(parseAmount)).toEqual([550, 120_000, 1_000, 1]);
  expect([550, 120_000, 1_000, 1].map((amount) => formatAmount(amount, 'EUR'))).toEqual([
    '0.055 EUR',
    '12.00 EUR',
    '0.10 EUR',
    '0.0001 EUR',
  ]);
});

test('the longest prefix that is named counts for the price, the budget and whose budget it is', () => {
  expect(quote('+393331234567')).toEqual({
    price: 550,
    prefix: '+39',
    range: '+39333',
    prefixBudget: 600_000,
    budget: 1_000_000,
  });
  expect(quote('+393751234567')).toMatchObject({ price: 2_000, prefix: '+39375', prefixBudget: 600_000 });
  expect(quote('+447812345678')).toMatchObject({ price: 1_000, prefix: '+4478', prefixBudget: 80_000 });
});

test('what nobody named has the budget of its country', () => {
  expect(quote('+33612345678')).toMatchObject({ prefix: '+33', range: '+33612', prefixBudget: 50_000 });
});

test('[RATE-3] as settings stand, no country but the home one gets more than a twentieth of an hour', () => {
  const { sms } = loadConfig({ SIGILLO_PROFILE: 'development' });
  const standard = tariff(sms);
  const home = standard('+393331234567');
  expect(home.prefixBudget).toBe(0.9 * home.budget);
  for (const country of sms.countries.filter((one) => !['IT', 'VA'].includes(one))) {
    const code = getCountryCallingCode(country as CountryCode);
    expect(standard(`+${code}612345678`).prefixBudget, country).toBeLessThanOrEqual(0.05 * home.budget);
  }
});
