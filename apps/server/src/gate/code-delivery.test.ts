import { expect, test } from 'vitest';
import { preferredOf } from './code-delivery.ts';

const asked = (method: string, slot = 'second') => ({ method, slot });
const ALL = ['totp', 'sms-code', 'passkey', 'app-push', 'app-code', 'hardware-token'].map((one) =>
  asked(one),
);

test.each([
  ['app', 'app-push'],
  ['sms', 'sms-code'],
  ['hardware-token', 'hardware-token'],
] as const)('who chose %s is asked for %s first', (codeDelivery, method) => {
  expect(preferredOf({ codeDelivery }, ALL)?.method).toBe(method);
});

test('of the app, what the account has', () => {
  expect(preferredOf({ codeDelivery: 'app' }, [asked('sms-code'), asked('totp')])?.method).toBe('totp');
});

test('who chose nothing, or what is no longer there, chooses each time', () => {
  expect(preferredOf({ codeDelivery: null }, ALL)).toBeUndefined();
  expect(preferredOf({ codeDelivery: 'hardware-token' }, [asked('totp')])).toBeUndefined();
});

test('a recovery, or a number to be confirmed, goes its own way', () => {
  expect(preferredOf({ codeDelivery: 'sms' }, [asked('sms-code', 'recovery')])).toBeUndefined();
  expect(preferredOf({ codeDelivery: 'sms' }, [asked('sms-code', 'confirm-phone')])).toBeUndefined();
});
