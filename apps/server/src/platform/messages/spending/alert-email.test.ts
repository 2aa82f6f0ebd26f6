import { expect, test } from 'vitest';
import { checkContent } from '../templates/render-message.ts';
import { alertEmail } from './alert-email.ts';
import type { SpendingAlert } from './sms-spending.ts';

const ALERTS: SpendingAlert[] = [
  { kind: 'prefix-stopped', prefix: '+39375', sent: 100, confirmed: 0, until: new Date(0) },
  { kind: 'budget-nearly-spent', prefix: '+39', spent: '40.00 EUR', budget: '50.00 EUR' },
  { kind: 'budget-nearly-spent', prefix: null, spent: '80.00 EUR', budget: '100.00 EUR' },
];

test.each(ALERTS)('[RATE-3] the operator can be written to about $kind of $prefix', (alert) => {
  const { template, params, channel } = alertEmail(alert);
  expect(channel).toBe('email');
  expect(() => checkContent('email', { template, params })).not.toThrow();
});
