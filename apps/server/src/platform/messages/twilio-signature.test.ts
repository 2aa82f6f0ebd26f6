import { expect, test } from 'vitest';
import { isTwilioSignature } from './twilio-signature.ts';

/** The example of https://www.twilio.com/docs/usage/webhooks/webhooks-security. */
const EXAMPLE = {
  url: 'https://mycompany.com/myapp.php?foo=1&bar=2',
  form: new URLSearchParams({
    CallSid: 'CA1234567890ABCDE',
    Caller: '+14158675309',
    Digits: '1234',
    From: '+14158675309',
    To: '+18005551212',
  }),
  signature: 'RSOYDt4T1cUTdK1PDd93/VVr8B8=',
};

test('the signature of the documentation is accepted, in whichever order the fields come', () => {
  expect(isTwilioSignature('12345', EXAMPLE)).toBe(true);
  const reversed = new URLSearchParams([...EXAMPLE.form].reverse());
  expect(isTwilioSignature('12345', { ...EXAMPLE, form: reversed })).toBe(true);
});

test('another token, address, field or signature is not', () => {
  expect(isTwilioSignature('12346', EXAMPLE)).toBe(false);
  expect(isTwilioSignature('12345', { ...EXAMPLE, url: EXAMPLE.url.replace('foo=1', 'foo=2') })).toBe(false);
  const form = new URLSearchParams([...EXAMPLE.form, ['More', '1']]);
  expect(isTwilioSignature('12345', { ...EXAMPLE, form })).toBe(false);
  expect(isTwilioSignature('12345', { ...EXAMPLE, signature: 'RSOYDt4T1cUTdK1PDd93/VVr8B9=' })).toBe(false);
  expect(isTwilioSignature('12345', { ...EXAMPLE, signature: '' })).toBe(false);
});
