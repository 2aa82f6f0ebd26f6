import type { Config } from '../platform/config/config.ts';
import { outgoingRequests } from '../platform/http/outgoing-request.ts';
import { newVapidKeys, webPushTransport } from '../platform/messages/push.transport.ts';
import { type PushNotifier, pushNotifier } from '../platform/messages/push-notifier.ts';
import { loadOrMakePushKey } from '../stores/push-key.store.ts';
import type { Stores } from './gate.ts';
import type { Platform } from './platform.ts';

/** Notices to apps, and the key with which apps subscribe to them. */
export interface Push {
  notifier: PushNotifier;
  publicKey: string;
}

/** Loads the installation's key for push services, made at the first start, and sends by it. */
export async function openPush(
  { config, db, keyring, clock, transaction }: Platform,
  { devices }: Stores,
): Promise<Push> {
  const vapid = await loadOrMakePushKey(db, keyring, { make: newVapidKeys, now: clock.now() });
  const outgoing = outgoingRequests(config.outgoing.allowedHosts);
  const transport = webPushTransport({ vapid, subject: contactOf(config), outgoing });
  const addresses = {
    find: ({ accountId, deviceId }: { accountId: string; deviceId: string }) =>
      transaction((tx) => devices.pushOf(tx, { accountId, id: deviceId })),
    forget: async (
      { accountId, deviceId }: { accountId: string; deviceId: string },
      subscription: string,
    ) => {
      await transaction((tx) => devices.forgetPush(tx, { accountId, id: deviceId }, subscription));
    },
  };
  return { notifier: pushNotifier({ transport, addresses, keyring }), publicKey: vapid.publicKey };
}

/** Whom push services may write to (RFC 8292 §2.1). */
function contactOf({ push, support, smtp, issuer }: Config): string {
  const address = push.contact ?? support.mailbox ?? smtp.from;
  return `mailto:${address ?? `postmaster@${new URL(issuer).hostname}`}`;
}
