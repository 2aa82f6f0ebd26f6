import type { Profile } from './setting.ts';
import type { SmsProvider } from './sms-provider-settings.ts';

/** The part of the configuration where one value decides whether another may stand. */
interface Checked {
  profile: Profile;
  issuer: string;
  authenticator: { port: number | undefined; origin: string | undefined };
  developmentHooks: boolean;
  demonstrationData: boolean;
  masterKey: string | undefined;
  masterKeyFile: string | undefined;
  smtp: { url: string | undefined; from: string | undefined };
  sms: {
    enabled: boolean;
    provider: SmsProvider;
    url: string | undefined;
    from: string | undefined;
    smppUrl: string | undefined;
    twilioAccount: string | undefined;
    twilioToken: string | undefined;
  };
  passwords: { memoryKib: number; passes: number };
  sessions: { idleSeconds: number; absoluteSeconds: number };
}

type Check = [isFault: (config: Checked) => boolean, fault: string];

const EVERYWHERE: Check[] = [
  [
    ({ issuer }) => issuer === '',
    'SIGILLO_ISSUER has to say at which address people reach this installation',
  ],
  [
    ({ authenticator: { port, origin } }) => port !== undefined && origin === undefined,
    'SIGILLO_AUTHENTICATOR_ORIGIN has to say at which address people open the authenticator app',
  ],
  [
    ({ issuer, authenticator: { origin } }) => origin !== undefined && origin === issuer,
    'SIGILLO_AUTHENTICATOR_ORIGIN has to be another origin than SIGILLO_ISSUER',
  ],
  [
    ({ passwords }) => passwords.passes === 1 && passwords.memoryKib < 46 * 1024,
    'SIGILLO_PASSWORD_PASSES=1 needs SIGILLO_PASSWORD_MEMORY_KIB of at least 47104',
  ],
  [
    ({ sessions }) => sessions.idleSeconds > sessions.absoluteSeconds,
    'SIGILLO_SESSION_IDLE_SECONDS cannot be more than SIGILLO_SESSION_SECONDS',
  ],
  [
    ({ sms }) => sms.enabled && sms.provider === 'http' && sms.url === undefined,
    'SIGILLO_SMS_URL has to name the provider, or SIGILLO_SMS_ENABLED has to be false',
  ],
  [
    ({ sms }) => sms.enabled && sms.provider === 'smpp' && !(sms.smppUrl && sms.from),
    'SIGILLO_SMPP_URL and SIGILLO_SMS_FROM have to name the provider and the sender of SMS',
  ],
  [
    ({ sms }) =>
      sms.enabled && sms.provider === 'twilio' && !(sms.twilioAccount && sms.twilioToken && sms.from),
    'SIGILLO_TWILIO_ACCOUNT, SIGILLO_TWILIO_TOKEN and SIGILLO_SMS_FROM have to name account, token and sender',
  ],
  [
    ({ smtp }) => smtp.url !== undefined && smtp.from === undefined,
    'SIGILLO_SMTP_FROM has to say from which address e-mails come',
  ],
];

/** Production refuses what is there for development alone, and what would leave people or secrets unguarded. */
const IN_PRODUCTION: Check[] = [
  [({ developmentHooks }) => developmentHooks, 'SIGILLO_DEVELOPMENT_HOOKS is refused in production'],
  [({ demonstrationData }) => demonstrationData, 'SIGILLO_DEMONSTRATION_DATA is refused in production'],
  [
    ({ issuer }) => issuer.startsWith('http:') && !isLoopback(new URL(issuer).hostname),
    'SIGILLO_ISSUER has to be https in production',
  ],
  [
    ({ authenticator: { origin } }) =>
      origin?.startsWith('http:') === true && !isLoopback(new URL(origin).hostname),
    'SIGILLO_AUTHENTICATOR_ORIGIN has to be https in production',
  ],
  [
    ({ masterKey, masterKeyFile }) => masterKey === undefined && masterKeyFile === undefined,
    'SIGILLO_MASTER_KEY_FILE or SIGILLO_MASTER_KEY has to be set in production',
  ],
  [({ smtp }) => smtp.url === undefined, 'SIGILLO_SMTP_URL has to name a mail server in production'],
  [
    ({ sms }) => sms.enabled && sms.provider === 'outbox',
    'SIGILLO_SMS_PROVIDER=outbox is refused in production',
  ],
];

/** What is wrong with a configuration whose values are each right by themselves. */
export function crossFaults(config: Checked): string[] {
  const checks = config.profile === 'production' ? [...EVERYWHERE, ...IN_PRODUCTION] : EVERYWHERE;
  return checks.filter(([isFault]) => isFault(config)).map(([, fault]) => fault);
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}
