import type { Brand } from '@sigillo/ui/brand-css';
import type { Config } from '../platform/config/config.ts';
import type { App } from '../platform/http/app.ts';
import { forgetDeadLetters } from '../platform/messages/dead-letters.ts';
import { type Delivery, messageDelivery } from '../platform/messages/delivery.ts';
import { queueMessage } from '../platform/messages/messages.ts';
import type { PushNotifier } from '../platform/messages/push-notifier.ts';
import { forgetOldReceipts, messageOf, recordReceipt } from '../platform/messages/receipts.ts';
import { type SmppPorts, smppTransport } from '../platform/messages/smpp/smpp.transport.ts';
import { smsHttpTransport } from '../platform/messages/sms-http.transport.ts';
import { smtpTransport } from '../platform/messages/smtp.transport.ts';
import { alertEmail } from '../platform/messages/spending/alert-email.ts';
import { type SmsSpending, smsSpending } from '../platform/messages/spending/sms-spending.ts';
import { type MessageRenderer, messageRenderer } from '../platform/messages/templates/render-message.ts';
import {
  developmentTransport,
  type EmailTransport,
  type SmsTransport,
} from '../platform/messages/transports.ts';
import { twilioTransport } from '../platform/messages/twilio.transport.ts';
import { TWILIO_CALLBACK_PATH, twilioCallbackRoute } from '../platform/messages/twilio-callback.route.ts';
import type { Platform } from './platform.ts';
import { watchTransports } from './watch/message-watch.ts';

/** How messages are written here. */
export function rendererFor(config: Config, brand: Brand): MessageRenderer {
  return messageRenderer({ brand, issuer: config.issuer, timeZone: config.timeZone });
}

/** Keeps what SMS cost within the budgets, and tells the operator. */
export function spendingFor({ db, keyring, clock, log, config, metrics }: Platform): SmsSpending {
  const { mailbox } = config.operator;
  const count = metrics.counter({
    name: 'sigillo_sms_decisions_total',
    help: 'SMS that were asked for: paid for, or why not.',
    labels: { outcome: ['admitted', 'number', 'budget', 'stopped'] },
  });
  return smsSpending({
    db,
    clock,
    log,
    settings: config.sms,
    alert: async (tx, alert) => {
      if (mailbox) await queueMessage(tx, keyring, clock.nowMs(), { to: mailbox, ...alertEmail(alert) });
    },
    decided: (outcome) => count({ outcome }),
  });
}

/** Sends what the outbox holds, by the transports that are configured. */
export function deliveryFor(
  platform: Platform,
  renderer: MessageRenderer,
  push: PushNotifier,
  spending: SmsSpending,
): Delivery & { close(): Promise<void> } {
  const { db, keyring, clock, log, config } = platform;
  const email = emailTransport(config);
  const sms = smsTransport(config, platform);
  const delivery = messageDelivery({
    db,
    keyring,
    clock,
    log,
    renderer,
    transports: watchTransports(platform, { email, sms, push }),
    spending,
    keepContent: config.developmentHooks,
  });
  const close = async () => {
    await delivery.close();
    email?.close?.();
    sms?.close?.();
  };
  return { poll: delivery.poll, close };
}

/** @throws StartRefused when its settings are not usable */
export function emailTransport({ smtp, developmentHooks }: Config): EmailTransport | undefined {
  if (smtp.url && smtp.from)
    return smtpTransport({ url: smtp.url, from: smtp.from, fromName: smtp.fromName });
  return developmentHooks ? developmentTransport : undefined;
}

/** @throws StartRefused when its settings are not usable */
function smsTransport(config: Config, platform: Platform): SmsTransport | undefined {
  const { sms, developmentHooks } = config;
  if (!sms.enabled) return undefined;
  const { from, smppUrl, smppPlain, twilioUrl, twilioAccount, twilioToken } = sms;
  if (sms.provider === 'smpp' && smppUrl && from)
    return smppTransport({ url: smppUrl, allowPlain: smppPlain, from }, smppPorts(platform));
  if (sms.provider === 'twilio' && twilioAccount && twilioToken && from) {
    const account = { accountSid: twilioAccount, authToken: twilioToken, from };
    return twilioTransport({ ...account, baseUrl: twilioUrl, callbackUrl: callbackUrl(config) });
  }
  return smsByHttp(config) ?? (developmentHooks ? developmentTransport : undefined);
}

/** @throws StartRefused when its settings are not usable */
export function smsByHttp({ sms }: Config): SmsTransport | undefined {
  if (sms.provider !== 'http' || !sms.url) return undefined;
  return smsHttpTransport({ url: sms.url, method: sms.method, headers: sms.headers, body: sms.body });
}

const callbackUrl = ({ issuer }: Config): string => `${issuer}${TWILIO_CALLBACK_PATH}`;

/** Where a provider tells over HTTP what became of an SMS, if this one does. */
export function receiptRoutes(app: App, { config, db, clock }: Platform): void {
  const { enabled, provider, twilioToken } = config.sms;
  if (!enabled || provider !== 'twilio' || !twilioToken) return;
  twilioCallbackRoute(app, { db, clock, authToken: twilioToken, callbackUrl: callbackUrl(config) });
}

function smppPorts({ db, clock, log }: Platform): SmppPorts {
  return {
    log,
    async receipt(reference, outcome) {
      const messageId = await messageOf(db, reference);
      if (messageId) await recordReceipt(db, messageId, outcome, clock.now());
      return messageId !== undefined;
    },
  };
}

/** Forgets, now and then, what nobody needs any more of messages. */
export async function forgetMessages({ db, clock }: Platform): Promise<void> {
  await forgetDeadLetters(db, clock.now());
  await forgetOldReceipts(db, clock.now());
}
