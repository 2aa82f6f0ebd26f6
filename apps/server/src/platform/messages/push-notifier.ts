import type { Keyring } from '../keyring/keyring.ts';
import type { PushKind } from './messages.ts';
import { PushSubscription, type PushTransport, SubscriptionGone } from './push.transport.ts';
import { DeliveryFailed } from './transports.ts';

/** The app of an account on one device. */
interface App {
  accountId: string;
  deviceId: string;
}

/** Where apps are reached. */
export interface PushAddresses {
  /** The subscription of a device as JSON; undefined when its holder wants no notices, or it is not linked. */
  find(app: App): Promise<string | undefined>;
  /** Forgets a subscription that is dead, unless the device has another one by now. */
  forget(app: App, subscription: string): Promise<void>;
}

/** A notice that is due. */
export interface DuePush extends App {
  kind: PushKind;
  /** How long it is still worth showing. */
  lifetimeSeconds: number;
}

export interface PushNotifier {
  /**
   * Sends a notice to where the device is reached now.
   *
   * @throws DeliveryFailed for good when nobody is reached there any more; the subscription is forgotten
   */
  send(push: DuePush, signal: AbortSignal): Promise<void>;
}

/** As many bytes as 32 letters hold, the most that a topic has (RFC 8030 §5.4). */
const TOPIC_BYTES = 24;

/** What the app is sent: that it shall look, and not for what. */
export const pushPayload = (kind: PushKind): string => JSON.stringify({ v: 1, kind });

/** Sends notices by Web Push. */
export function pushNotifier(ports: {
  transport: PushTransport;
  addresses: PushAddresses;
  keyring: Pick<Keyring, 'mac'>;
}): PushNotifier {
  const { transport, addresses, keyring } = ports;
  // One for a device: while it is away, the newest notice takes the place of the one before it. What happened never
  // takes the place of what asks for an answer, nor the other way round.
  const topicOf = (deviceId: string, kind: PushKind) => {
    const parts = kind === 'notice' ? [deviceId, kind] : [deviceId];
    return keyring
      .mac('push topic', ...parts)
      .subarray(0, TOPIC_BYTES)
      .toString('base64url');
  };

  return {
    async send({ kind, lifetimeSeconds, ...app }, signal) {
      const stored = await addresses.find(app);
      if (stored === undefined) throw new DeliveryFailed('not subscribed', { isFinal: true });
      const subscription = PushSubscription.parse(JSON.parse(stored));
      const payload = pushPayload(kind);
      const topic = topicOf(app.deviceId, kind);
      try {
        await transport.send({ topic, subscription, payload, lifetimeSeconds }, signal);
      } catch (error) {
        if (!(error instanceof SubscriptionGone)) throw error;
        await addresses.forget(app, stored);
        throw new DeliveryFailed(error.message, { isFinal: true });
      }
    },
  };
}
