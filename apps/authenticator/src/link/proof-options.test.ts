import { expect, test } from 'vitest';
import type { LinkCeremony, LinkOption } from './link-calls.ts';
import { codeOptions, nextProof, optionKey } from './proof-options.ts';

const option = (method: string, needsSend: boolean): LinkOption => ({
  slot: 'second',
  method,
  target: `target of ${method}`,
  label: '',
  needsSend,
});
const [sms, totp, passkey] = [option('sms-code', true), option('totp', false), option('passkey', false)];
const sent = { ...sms, id: 'c', expiresAt: '2026-01-01T00:05:00Z', resendAt: null };

const ceremony = (options: LinkOption[], challenge: LinkCeremony['challenge'] = null): LinkCeremony => ({
  id: 'l',
  state: 'open',
  options,
  renewal: false,
  challenge,
});

test('what cannot be typed here is not offered', () => {
  expect(codeOptions(ceremony([passkey, sms]))).toEqual([sms]);
  expect(nextProof(ceremony([passkey]), null)).toBeUndefined();
});

test('the only way needs no choosing; of several the holder picks', () => {
  expect(nextProof(ceremony([totp]), null)).toEqual({ option: totp, isSent: true });
  expect(nextProof(ceremony([sms, totp]), null)).toBeUndefined();
  expect(nextProof(ceremony([sms, totp]), optionKey(totp))).toEqual({ option: totp, isSent: true });
});

test('a code is typed once it was sent for that very option', () => {
  expect(nextProof(ceremony([sms]), null)).toEqual({ option: sms, isSent: false });
  expect(nextProof(ceremony([sms], sent), null)).toEqual({ option: sms, isSent: true });
  expect(nextProof(ceremony([sms], { ...sent, target: 'another' }), null)).toMatchObject({ isSent: false });
});
