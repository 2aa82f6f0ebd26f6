import { flag, optional, setting, text, url } from './setting.ts';

/** How SMS leave. */
export type SmsProvider = 'http' | 'smpp' | 'twilio' | 'outbox';

/** The providers that have an adapter of their own. */
export const smsProviderSettings = {
  from: optional(
    {
      env: 'SIGILLO_SMS_FROM',
      says: 'The sender of SMS by SMPP and Twilio: a number with +, a short number, a name of up to eleven letters, or the id of a Twilio messaging service.',
    },
    text,
  ),
  smppUrl: optional(
    {
      env: 'SIGILLO_SMPP_URL',
      says: 'The provider that is spoken to by SMPP 3.4: smpps://user:password@host:3550.',
      isSecret: true,
    },
    url('smpps', 'smpp'),
  ),
  smppPlain: setting(
    {
      env: 'SIGILLO_SMPP_PLAIN',
      says: 'Whether smpp:// without TLS may be used off this computer: only where a VPN protects the way there.',
    },
    flag,
    false,
  ),
  twilioAccount: optional({ env: 'SIGILLO_TWILIO_ACCOUNT', says: 'The account at Twilio (AC…).' }, text),
  twilioToken: optional(
    {
      env: 'SIGILLO_TWILIO_TOKEN',
      says: 'The auth token of that account: sends SMS and proves their callbacks.',
      isSecret: true,
    },
    text,
  ),
  twilioUrl: setting(
    { env: 'SIGILLO_TWILIO_URL', says: 'Where the API of Twilio is.' },
    url('https', 'http'),
    'https://api.twilio.com',
  ),
};
