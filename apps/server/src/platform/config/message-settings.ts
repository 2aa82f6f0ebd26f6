import { z } from 'zod';
import { byProfile, choice, dictionary, flag, list, optional, setting, text, url } from './setting.ts';
import { type SmsProvider, smsProviderSettings } from './sms-provider-settings.ts';
import { operatorSettings, smsSpendingSettings } from './sms-spending-settings.ts';

const emailAddress = { accepts: 'e-mail address', schema: z.email() };
const country = { accepts: 'ISO 3166-1 alpha-2 codes', schema: z.string().regex(/^[A-Z]{2}$/) };

const hostAndPort = {
  accepts: 'host:port',
  schema: z
    .string()
    .regex(/^(\[[0-9a-f:.]+\]|[a-z0-9.-]+):\d{1,5}$/i)
    .toLowerCase(),
};

const timeZone = {
  accepts: 'an IANA time zone such as Europe/Rome',
  schema: z.string().refine((name) => Intl.supportedValuesOf('timeZone').includes(name) || name === 'UTC'),
};

/** The European Economic Area, Switzerland, the United Kingdom, San Marino and the Vatican. */
const NEAR_COUNTRIES =
  'IT SM VA AT BE BG CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS LI LT LU LV MT NL NO PL PT RO SE SI SK';

/** E-mail, SMS, notices to apps, and where people turn for help. */
export const messageSettings = {
  timeZone: setting(
    { env: 'SIGILLO_TIME_ZONE', says: 'The zone that messages write times in.' },
    timeZone,
    'Europe/Rome',
  ),
  smtp: {
    url: optional(
      {
        env: 'SIGILLO_SMTP_URL',
        says: 'The mail server; unset, messages only go to the development outbox.',
        isSecret: true,
      },
      url('smtp', 'smtps'),
    ),
    from: optional({ env: 'SIGILLO_SMTP_FROM', says: 'The address e-mails come from.' }, emailAddress),
    fromName: setting(
      { env: 'SIGILLO_SMTP_FROM_NAME', says: 'The name e-mails come from.' },
      text,
      'Sigillo',
    ),
  },
  sms: {
    enabled: setting(
      { env: 'SIGILLO_SMS_ENABLED', says: 'Whether codes are sent by SMS at all.' },
      flag,
      true,
    ),
    provider: setting(
      {
        env: 'SIGILLO_SMS_PROVIDER',
        says: 'How SMS leave: a request you describe, SMPP 3.4, Twilio, or the development outbox only.',
      },
      choice(['http', 'smpp', 'twilio', 'outbox']),
      byProfile<SmsProvider>('http', 'outbox'),
    ),
    url: optional(
      {
        env: 'SIGILLO_SMS_URL',
        says: 'The address of the provider; {{to}}, {{text}} and {{id}} are replaced.',
        isSecret: true,
      },
      url('https', 'http'),
    ),
    method: setting(
      { env: 'SIGILLO_SMS_METHOD', says: 'The method of the request to the provider.' },
      choice(['GET', 'POST', 'PUT']),
      'POST',
    ),
    headers: setting(
      { env: 'SIGILLO_SMS_HEADERS', says: 'Headers of the request to the provider.', isSecret: true },
      dictionary,
      {},
    ),
    body: optional(
      {
        env: 'SIGILLO_SMS_BODY',
        says: 'The body of the request; {{to}}, {{text}} and {{id}} are replaced.',
        isSecret: true,
      },
      text,
    ),
    countries: setting(
      { env: 'SIGILLO_PHONE_COUNTRIES', says: 'Countries whose mobile numbers are accepted.' },
      list(country),
      NEAR_COUNTRIES.split(' '),
    ),
    ...smsProviderSettings,
    ...smsSpendingSettings,
  },
  ...operatorSettings,
  push: {
    contact: optional(
      {
        env: 'SIGILLO_PUSH_CONTACT',
        says: 'Whom push services may write to about our notices to apps; unset, the support mailbox or the sender of e-mails.',
      },
      emailAddress,
    ),
  },
  support: {
    mailbox: optional(
      { env: 'SIGILLO_SUPPORT_MAILBOX', says: 'Where requests for help are sent.' },
      emailAddress,
    ),
    chatUrl: optional({ env: 'SIGILLO_CHAT_URL', says: 'A live chat to offer.' }, url('https', 'http')),
  },
};

/** Requests that this installation makes to addresses that others have chosen. */
export const outgoingSettings = {
  outgoing: {
    allowedHosts: setting(
      {
        env: 'SIGILLO_OUTGOING_ALLOWED_HOSTS',
        says: 'Hosts that notices to apps, and other requests to an address somebody else chose, may reach in a private network or over plain http.',
      },
      list(hostAndPort),
      [],
    ),
  },
};
