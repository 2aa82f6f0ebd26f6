import { base64urlDecode } from '@sigillo/device-protocol';
import { callDevice } from '../linked/device-call.ts';
import type { LinkedAccount } from '../linked/linked-account.ts';

const PATIENCE_MS = 15_000;

/** Whether requests can reach this app while it is closed (W3C Push API). */
export type NoticesCan = 'be-asked' | 'be-used' | 'refused' | 'not-here';

/** What this browser, and its holder, say to notices. */
export function noticesCan(): NoticesCan {
  if (!('Notification' in window) || !('PushManager' in window) || !navigator.serviceWorker)
    return 'not-here';
  const said = { default: 'be-asked', granted: 'be-used', denied: 'refused' } as const;
  return said[Notification.permission];
}

/** Asks the holder, by the browser's own question; the press of a button has to come before. */
export async function askForNotices(): Promise<boolean> {
  return (await Notification.requestPermission()) === 'granted';
}

/**
 * Has the issuer send notices for an account to this app.
 *
 * @throws DeviceProblem
 * @throws DOMException when no push service can be reached, or the browser refuses
 */
export async function turnNoticesOn(account: LinkedAccount): Promise<void> {
  // A browser that reaches no push service may never answer, and nor does one without a service worker.
  const tooLate = new Promise<never>((_, reject) =>
    setTimeout(() => reject(new DOMException('no push service', 'TimeoutError')), PATIENCE_MS),
  );
  await Promise.race([subscribe(account), tooLate]);
}

async function subscribe(account: LinkedAccount): Promise<void> {
  const { publicKey } = await callDevice<{ publicKey: string }>(account, 'GET', '/device/push-key');
  const applicationServerKey = base64urlDecode(publicKey);
  if (!applicationServerKey) throw new DOMException('no key', 'InvalidAccessError');
  const { pushManager } = await navigator.serviceWorker.ready;
  const options = { userVisibleOnly: true, applicationServerKey };
  const subscription = await pushManager.subscribe(options).catch(async () => {
    // One of another key is in the way: the installation has changed its own.
    await (await pushManager.getSubscription())?.unsubscribe();
    return pushManager.subscribe(options);
  });
  const { endpoint, keys } = subscription.toJSON();
  await callDevice(account, 'PUT', '/device/me/push', { subscription: { endpoint, keys } });
}

/** The issuer sends nothing more for this account; other accounts go on. @throws DeviceProblem */
export async function turnNoticesOff(account: LinkedAccount): Promise<void> {
  await callDevice(account, 'PUT', '/device/me/push', { subscription: null });
}
