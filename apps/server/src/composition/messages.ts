import type { Brand } from '@sigillo/ui/brand-css';
import type { Config } from '../platform/config/config.ts';
import { type Delivery, messageDelivery } from '../platform/messages/delivery.ts';
import type { PushNotifier } from '../platform/messages/push-notifier.ts';
import { smsHttpTransport } from '../platform/messages/sms-http.transport.ts';
import { smtpTransport } from '../platform/messages/smtp.transport.ts';
import { type MessageRenderer, messageRenderer } from '../platform/messages/templates/render-message.ts';
import {
  developmentTransport,
  type EmailTransport,
  type SmsTransport,
} from '../platform/messages/transports.ts';
import type { Platform } from './platform.ts';
import { watchTransports } from './watch/message-watch.ts';

/** How messages are written here. */
export function rendererFor(config: Config, brand: Brand): MessageRenderer {
  return messageRenderer({ brand, issuer: config.issuer, timeZone: config.timeZone });
}

/** Sends what the outbox holds, by the transports that are configured. */
export function deliveryFor(
  platform: Platform,
  renderer: MessageRenderer,
  push: PushNotifier,
): Delivery & { close(): Promise<void> } {
  const { db, keyring, clock, log, config } = platform;
  const email = emailTransport(config);
  const delivery = messageDelivery({
    db,
    keyring,
    clock,
    log,
    renderer,
    transports: watchTransports(platform, { email, sms: smsTransport(config), push }),
    keepContent: config.developmentHooks,
  });
  const close = async () => {
    await delivery.close();
    email?.close?.();
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
export function smsTransport({ sms, developmentHooks }: Config): SmsTransport | undefined {
  if (sms.provider === 'http' && sms.url)
    return smsHttpTransport({ url: sms.url, method: sms.method, headers: sms.headers, body: sms.body });
  return developmentHooks ? developmentTransport : undefined;
}
