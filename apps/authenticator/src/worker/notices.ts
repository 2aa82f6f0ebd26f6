import en from '@sigillo/ui/translations/en/push.json';
import it from '@sigillo/ui/translations/it/push.json';
import { recall, remember } from './memory.ts';
import { HAPPENED_TAG, NOTICE_TAG } from './notice-tag.ts';

declare const self: ServiceWorkerGlobalScope;

/** How long a notice stays that only says that there is nothing to do any more. */
const ANSWERED_MS = 3000;

/** The newer members are missing from the types. */
type NoticeOptions = NotificationOptions & { renotify?: boolean };

/**
 * What a push message says, and what the holder does with it. A message never says what is asked, nor of whom:
 * the app asks the server for that, once it is open.
 */
export function watchPush(): void {
  self.addEventListener('push', (event) => event.waitUntil(receive(event.data)));
  self.addEventListener('notificationclick', (event) => {
    event.notification.close();
    event.waitUntil(openApp(event.notification.tag));
  });
  // The app tells the server of its new address at the next start: this worker holds no key to sign with.
  self.addEventListener('pushsubscriptionchange', (event) => event.waitUntil(remember('hasLostPush', true)));
}

async function receive(data: PushMessageData | null): Promise<void> {
  const [words, windows] = await Promise.all([readWords(), openWindows()]);
  for (const window of windows) window.postMessage('look');
  const kind = kindOf(data);
  if (kind === 'withdrawn') return sayAnswered(words);
  // Who has the app before their eyes sees the request itself; browsers want a notice for each message all the same.
  const isSeen = windows.some(({ visibilityState }) => visibilityState === 'visible');
  const noise = { renotify: !isSeen, silent: isSeen };
  if (kind === 'notice')
    return show(words['push.happened'], { body: words['push.happened-text'], tag: HAPPENED_TAG, ...noise });
  await show(words['push.title'], { body: words['push.text'], ...noise });
}

/** Undefined for whatever is not what was agreed. */
function kindOf(data: PushMessageData | null): unknown {
  try {
    return data?.json().kind;
  } catch {
    return undefined;
  }
}

/**
 * The request was answered elsewhere, or is over. Browsers count messages that leave no notice at their end, and
 * put up a warning of their own or cancel the subscription; so the notice says so, and goes a moment later.
 */
async function sayAnswered(words: typeof it): Promise<void> {
  await show(words['push.answered'], { silent: true });
  setTimeout(closeAll, ANSWERED_MS);
}

async function show(title: string, options: NoticeOptions): Promise<void> {
  const pictures = { icon: '/icons/icon-192.png', badge: '/icons/icon-192.png' };
  await self.registration.showNotification(title, { tag: NOTICE_TAG, ...pictures, ...options });
}

async function closeAll(): Promise<void> {
  for (const notice of await self.registration.getNotifications({ tag: NOTICE_TAG })) notice.close();
}

/** Brings the app to the front, and has it show what is asked, or what happened. */
async function openApp(tag: string): Promise<void> {
  const [window] = await openWindows();
  const isHappened = tag === HAPPENED_TAG;
  if (!window) {
    await self.clients.openWindow(isHappened ? '/what-happened' : '/?from=notification');
    return;
  }
  // A browser may refuse to bring it to the front; what it shows is the right thing all the same.
  await window.focus().catch(() => undefined);
  window.postMessage(isHappened ? 'open-happened' : 'open');
}

function openWindows(): Promise<readonly WindowClient[]> {
  return self.clients.matchAll({ type: 'window', includeUncontrolled: true });
}

async function readWords(): Promise<typeof it> {
  const language = await recall('language').catch(() => undefined);
  return (language ?? self.navigator.language).startsWith('en') ? en : it;
}
