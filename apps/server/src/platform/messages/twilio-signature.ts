import { createHmac } from 'node:crypto';
import { constantTimeEqual } from '../keyring/constant-time.ts';

/**
 * Whether Twilio sent this form: HMAC-SHA1 by the account's token over the address it was sent to and every field,
 * sorted by name (https://www.twilio.com/docs/usage/webhooks/webhooks-security).
 *
 * @param url as Twilio was told it, before any proxy
 * @param signature the header `X-Twilio-Signature`
 */
export function isTwilioSignature(
  authToken: string,
  { url, form, signature }: { url: string; form: URLSearchParams; signature: string },
): boolean {
  const fields = [...form].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const signed = url + fields.map(([name, value]) => name + value).join('');
  const expected = createHmac('sha1', authToken).update(signed).digest('base64');
  return constantTimeEqual(expected, signature);
}
