import { describe, expect, test } from 'vitest';
import { mayGoBack, offer, screensOf } from './set-up-plan.ts';

describe('the screens of the wizard', () => {
  test('with both factors SMS comes first, then the app', () => {
    expect(screensOf('both', true)).toEqual(['choose', 'sms-number', 'sms-code', 'totp']);
  });

  test('one factor has its own screens only, and no choice when there is nothing to choose', () => {
    expect(screensOf('totp', true)).toEqual(['choose', 'totp']);
    expect(screensOf('sms-code', false)).toEqual(['sms-number', 'sms-code']);
  });
});

describe('going back', () => {
  const both = screensOf('both', true);

  test('leads to the choice and to the number', () => {
    expect(mayGoBack(both, both.indexOf('sms-number'))).toBe(true);
    expect(mayGoBack(both, both.indexOf('sms-code'))).toBe(true);
    expect(mayGoBack(screensOf('totp', true), 1)).toBe(true);
  });

  test('does not lead into a factor that is done, nor before the first screen', () => {
    expect(mayGoBack(both, both.indexOf('totp'))).toBe(false);
    expect(mayGoBack(both, 0)).toBe(false);
    expect(mayGoBack(screensOf('totp', false), 0)).toBe(false);
  });
});

describe('what is offered', () => {
  const setUp = { phone: null, required: true };

  test('the preferred factor first, the other and both under "More options"', () => {
    const app = offer({ ...setUp, methods: ['totp', 'sms-code'], first: 'totp' });
    expect(app).toEqual({ first: 'totp', more: ['sms-code', 'both'] });
    const sms = offer({ ...setUp, methods: ['totp', 'sms-code'], first: 'sms-code' });
    expect(sms).toEqual({ first: 'sms-code', more: ['totp', 'both'] });
  });

  test('a passkey among the others; both means the app and text messages', () => {
    const all = offer({ ...setUp, methods: ['totp', 'passkey', 'sms-code'], first: 'totp' });
    expect(all).toEqual({ first: 'totp', more: ['passkey', 'sms-code', 'both'] });
    const held = offer({ ...setUp, methods: ['totp', 'passkey'], first: 'totp' });
    expect(held).toEqual({ first: 'totp', more: ['passkey'] });
    expect(screensOf('passkey', true)).toEqual(['choose', 'passkey']);
  });

  test('nothing more where only one is allowed', () => {
    expect(offer({ ...setUp, methods: ['totp'], first: 'totp' })).toEqual({ first: 'totp', more: [] });
  });
});
