import { fetchAs } from './device-call.ts';
import { DeviceProblem } from './device-problem.ts';
import type { LinkedAccount } from './linked-account.ts';

/** Without a stream, this is how often somebody who looks at the app may expect it to have looked. */
const POLL_MS = 10_000;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/**
 * Calls back whenever there may be news for an account: the issuer said so, some seconds went by, or the app is
 * looked at again. Nothing is asked while the page is hidden.
 *
 * @returns ends it
 */
export function streamOf(account: LinkedAccount, onChanged: () => void): () => void {
  let end: AbortController | undefined;
  let poll: ReturnType<typeof setInterval> | undefined;
  const stop = (): void => {
    end?.abort();
    clearInterval(poll);
    end = undefined;
  };
  const follow = (): void => {
    stop();
    if (document.visibilityState !== 'visible') return;
    end = new AbortController();
    poll = setInterval(onChanged, POLL_MS);
    onChanged();
    void listen(account, onChanged, end.signal);
  };
  document.addEventListener('visibilitychange', follow);
  addEventListener('online', follow);
  follow();
  return () => {
    document.removeEventListener('visibilitychange', follow);
    removeEventListener('online', follow);
    stop();
  };
}

/** Reads the stream, again and again, each time after a longer wait until it holds. */
async function listen(account: LinkedAccount, onChanged: () => void, signal: AbortSignal): Promise<void> {
  let waitMs = FIRST_WAIT_MS;
  while (!signal.aborted) {
    try {
      const response = await fetchAs(account, { method: 'GET', path: '/device/events', signal });
      waitMs = FIRST_WAIT_MS;
      await readEvents(response, onChanged);
    } catch (error) {
      const isEnded = error instanceof DeviceProblem && (error.status === 410 || error.status === 409);
      if (isEnded) return;
    }
    await new Promise((resolve) => setTimeout(resolve, waitMs * (0.75 + fraction() / 2)));
    waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
  }
}

/** Every line of data is news; what it says does not matter (WHATWG HTML, server-sent events). */
async function readEvents(response: Response, onChanged: () => void): Promise<void> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true };
    if (done) return;
    const lines = (rest + value).split('\n');
    rest = lines.pop() ?? '';
    if (lines.some((line) => line.startsWith('data'))) onChanged();
  }
}

/** From 0 to 1: apps that lost one server do not come back in one moment. */
function fraction(): number {
  return (crypto.getRandomValues(new Uint8Array(1))[0] ?? 0) / 255;
}
