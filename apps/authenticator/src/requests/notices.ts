import { NOTICE_TAG } from '../worker/notice-tag.ts';

/** What the service worker tells an open app. */
type WorkerWord = 'look' | 'open' | 'open-happened';

/** Calls back when a push message came in, or the holder pressed its notice. @returns ends it */
export function onLook(listener: () => void): () => void {
  return onWord(['look', 'open', 'open-happened'], listener);
}

/** Calls back when the holder pressed a notice while the app was open. @returns ends it */
export function onNoticePressed(listener: () => void): () => void {
  return onWord(['open'], listener);
}

/** Calls back when the holder pressed the notice that something happened. @returns ends it */
export function onHappenedPressed(listener: () => void): () => void {
  return onWord(['open-happened'], listener);
}

function onWord(words: readonly WorkerWord[], listener: () => void): () => void {
  const hear = ({ data }: MessageEvent): void => {
    if (words.includes(data)) listener();
  };
  navigator.serviceWorker?.addEventListener('message', hear);
  return () => navigator.serviceWorker?.removeEventListener('message', hear);
}

/** Takes away the notices of what is on the screen now. */
export async function closeNotices(): Promise<void> {
  const worker = await navigator.serviceWorker?.getRegistration().catch(() => undefined);
  const notices = (await worker?.getNotifications({ tag: NOTICE_TAG }).catch(() => [])) ?? [];
  for (const notice of notices) notice.close();
}
