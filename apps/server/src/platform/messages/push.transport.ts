import webPush from 'web-push';
import { z } from 'zod';
import { type Outgoing, RequestRefused } from '../http/outgoing-request.ts';
import { DeliveryFailed } from './transports.ts';

/** What a browser gives to be reached by (W3C Push API §8.1): an address and the keys to encrypt for it. */
export const PushSubscription = z.object({
  endpoint: z.url().max(1024),
  keys: z.object({
    /** An uncompressed point of P-256, 65 bytes. */
    p256dh: z.string().regex(/^B[A-Za-z0-9_-]{86}=?$/),
    /** 16 bytes. */
    auth: z.string().regex(/^[A-Za-z0-9_-]{22}(==)?$/),
  }),
});
export type PushSubscription = z.infer<typeof PushSubscription>;

/** The key pair by which push services know this installation (RFC 8292), in base64url. */
export interface VapidKeys {
  publicKey: string;
  privateKey: string;
}

export interface OutgoingPush {
  /** The same at every attempt, and of all notices that replace one another: the Topic (RFC 8030 §5.4). */
  topic: string;
  subscription: PushSubscription;
  /** Says that there is something to see, never what: who holds the push service learns nothing. */
  payload: string;
  /** How long the push service keeps trying, in seconds. */
  lifetimeSeconds: number;
}

export interface PushTransport {
  /**
   * Hands a notice to the push service of a browser.
   *
   * @throws SubscriptionGone when nobody is reached there any more
   * @throws DeliveryFailed when it was not taken
   */
  send(push: OutgoingPush, signal: AbortSignal): Promise<void>;
}

/** The browser has unsubscribed, or was uninstalled: the subscription is to be forgotten. */
export class SubscriptionGone extends Error {
  override readonly name = 'SubscriptionGone';
}

/** RFC 8030 §7.3: the subscription does not exist, or no more. */
const GONE = new Set([404, 410]);
/** The request itself is not acceptable, today as tomorrow. */
const FINAL = new Set([400, 401, 403, 413]);

/**
 * Web Push: encrypted for the browser alone (RFC 8291, aes128gcm), signed for the push service (RFC 8292).
 *
 * @param subject whom a push service may write to: a mailto: or https: address
 */
export function webPushTransport(ports: {
  vapid: VapidKeys;
  subject: string;
  outgoing: Outgoing;
}): PushTransport {
  const { vapid, subject, outgoing } = ports;
  return {
    async send({ topic, subscription, payload, lifetimeSeconds }, signal) {
      const { endpoint, method, headers, body } = webPush.generateRequestDetails(subscription, payload, {
        vapidDetails: { subject, ...vapid },
        contentEncoding: 'aes128gcm',
        urgency: 'high',
        topic,
        TTL: lifetimeSeconds,
      });
      const sent = { url: endpoint, method: method as 'POST', headers: textsOf(headers), body };
      const { status } = await outgoing(sent, signal).catch((error: unknown) => {
        throw new DeliveryFailed(nameOf(error), { isFinal: error instanceof RequestRefused });
      });
      if (GONE.has(status)) throw new SubscriptionGone(`HTTP ${status}`);
      if (status < 200 || status > 299)
        throw new DeliveryFailed(`HTTP ${status}`, { isFinal: FINAL.has(status) });
    },
  };
}

/** A fresh pair, for an installation that has none yet. */
export const newVapidKeys = (): VapidKeys => webPush.generateVAPIDKeys();

const textsOf = (headers: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));

/** Never the message, which may repeat the address. */
function nameOf(error: unknown): string {
  if (error instanceof RequestRefused) return error.message;
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error ? error.name : 'unknown';
}
