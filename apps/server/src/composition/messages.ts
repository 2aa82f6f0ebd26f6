import type { Brand } from '@sigillo/ui/brand-css';
import type { Config } from '../platform/config/config.ts';
import { type Delivery, messageDelivery } from '../platform/messages/delivery.ts';
import { queueMessage } from '../platform/messages/messages.ts';
import type { PushNotifier } from '../platform/messages/push-notifier.ts';
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
import type { Platform } from './platform.ts';

/** How messages are written here. */
export function rendererFor(config: Config, brand: Brand): MessageRenderer {
  return messageRenderer({ brand, issuer: config.issuer, timeZone: config.timeZone });
}

/** Keeps what SMS cost within the budgets, and tells the operator. */
export function spendingFor({ db, keyring, clock, log, config }: Platform): SmsSpending {
  const { mailbox } = config.operator;
  return smsSpending({
    db,
    clock,
    log,
    settings: config.sms,
    alert: async (tx, alert) => {
      if (mailbox) await queueMessage(tx, keyring, clock.nowMs(), { to: mailbox, ...alertEmail(alert) });
    },
  });
}

/** Sends what the outbox holds, by the transports that are configured. */
export function deliveryFor(
  { db, keyring, clock, log, config }: Platform,
  renderer: MessageRenderer,
  push: PushNotifier,
  spending: SmsSpending,
): Delivery & { close(): Promise<void> } {
  const email = emailTransport(config);
  const delivery = messageDelivery({
    db,
    keyring,
    clock,
    log,
    renderer,
    transports: { email, sms: smsTransport(config), push },
    spending,
    keepContent: config.developmentHooks,
  });
  const close = async () => {
    await delivery.close();
    email?.close?.();
  };
  return { poll: delivery.poll, close };
}

function emailTransport({ smtp, developmentHooks }: Config): EmailTransport | undefined {
  if (smtp.url && smtp.from)
    return smtpTransport({ url: smtp.url, from: smtp.from, fromName: smtp.fromName });
  return developmentHooks ? developmentTransport : undefined;
}

function smsTransport({ sms, developmentHooks }: Config): SmsTransport | undefined {
  if (sms.provider === 'http' && sms.url)
    return smsHttpTransport({ url: sms.url, method: sms.method, headers: sms.headers, body: sms.body });
  return developmentHooks ? developmentTransport : undefined;
}
