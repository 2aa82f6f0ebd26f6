import type { Config } from '../platform/config/config.ts';
import { type Outgoing, outgoingRequests } from '../platform/http/outgoing-request.ts';
import { newVapidKeys, webPushTransport } from '../platform/messages/push.transport.ts';
import { type PushNotifier, pushNotifier } from '../platform/messages/push-notifier.ts';
import type { Tracing } from '../platform/tracing/tracing.ts';
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
  { config, db, keyring, clock, tracing, transaction }: Platform,
  { devices }: Stores,
): Promise<Push> {
  const vapid = await loadOrMakePushKey(db, keyring, { make: newVapidKeys, now: clock.now() });
  const outgoing = followed(tracing, outgoingRequests(config.outgoing.allowedHosts));
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

/** The same requests, traced. */
const followed =
  (tracing: Tracing, outgoing: Outgoing): Outgoing =>
  (request, signal) => {
    const { method, url } = request;
    const attributes = { 'http.request.method': method, 'server.address': URL.parse(url)?.hostname ?? '' };
    return tracing.span(`outgoing ${method}`, attributes, () => outgoing(request, signal));
  };

/** Whom push services may write to (RFC 8292 §2.1). */
function contactOf({ push, support, smtp, issuer }: Config): string {
  const address = push.contact ?? support.mailbox ?? smtp.from;
  return `mailto:${address ?? `postmaster@${new URL(issuer).hostname}`}`;
}
