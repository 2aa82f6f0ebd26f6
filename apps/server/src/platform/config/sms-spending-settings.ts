import { z } from 'zod';
import { optional, setting, textsByName } from './setting.ts';

const amountText = z.string().regex(/^\d{1,7}(\.\d{1,4})?$/);
const amount = { accepts: 'amount such as 0.055', schema: amountText };
const prefixes = z.string().regex(/^\+[1-9]\d{0,8}$/);
const amountsByPrefix = {
  accepts: 'JSON object of amounts by the beginning of the number, such as {"+39": "0.055"}',
  schema: textsByName(prefixes, amountText),
};

/** Fraud goes to whichever country pays best: those that nobody named get a twentieth of the whole each. */
const HOME_BUDGET = { '+39': '90' };

/** What SMS may cost, and who is told. */
export const smsSpendingSettings = {
  currency: setting(
    { env: 'SIGILLO_SMS_CURRENCY', says: 'The currency of what SMS cost (ISO 4217).' },
    { accepts: 'three letters', schema: z.string().regex(/^[A-Z]{3}$/) },
    'EUR',
  ),
  price: setting(
    { env: 'SIGILLO_SMS_PRICE', says: 'What one SMS costs where SIGILLO_SMS_PRICES names nothing.' },
    amount,
    '0.10',
  ),
  prices: setting(
    {
      env: 'SIGILLO_SMS_PRICES',
      says: 'What one SMS costs, by the beginning of the number; the longest that fits counts.',
    },
    amountsByPrefix,
    {},
  ),
  hourlyBudget: setting(
    { env: 'SIGILLO_SMS_HOURLY_BUDGET', says: 'What SMS may cost in an hour, on all nodes together.' },
    amount,
    '100',
  ),
  prefixBudget: setting(
    {
      env: 'SIGILLO_SMS_PREFIX_BUDGET',
      says: 'What SMS may cost in an hour to each prefix that SIGILLO_SMS_PREFIX_BUDGETS does not name: a country, mostly.',
    },
    amount,
    '5',
  ),
  prefixBudgets: setting(
    {
      env: 'SIGILLO_SMS_PREFIX_BUDGETS',
      says: 'What SMS may cost in an hour, by the beginning of the number: most of it for the countries your people live in.',
    },
    amountsByPrefix,
    HOME_BUDGET,
  ),
};

/** Who looks after the installation. */
export const operatorSettings = {
  operator: {
    mailbox: optional(
      {
        env: 'SIGILLO_OPERATOR_MAILBOX',
        says: 'Who is told by e-mail when money for SMS runs out or a prefix was stopped; unset, the log alone says it.',
      },
      { accepts: 'e-mail address', schema: z.email() },
    ),
  },
};
