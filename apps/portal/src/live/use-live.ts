import { useEffect, useEffectEvent } from 'react';
import { usePageVisible } from './use-page-visible.ts';

/** How often is asked while no stream tells anything. */
const POLL_MS = 5_000;
/** With a stream one still asks, every so many times: a stream may die without a word. */
const FLOOR = 6;

/**
 * Says when something that the page waits for may have changed: at once, whenever its stream of events says so
 * (WHATWG HTML §9.2), and by itself every now and then. Rests while nobody sees the page: a browser has few
 * connections for all its tabs.
 *
 * @param path of the stream, below `/api`; nothing to wait for when undefined
 */
export function useLive(path: string | undefined, onChanged: () => void): void {
  const isVisible = usePageVisible();
  const changed = useEffectEvent(onChanged);

  useEffect(() => {
    if (!path || !isVisible) return;
    let isHeard = false;
    let silent = 0;
    const open = (): EventSource => {
      const stream = new EventSource(`/api${path}`);
      stream.onmessage = () => {
        isHeard = true;
        silent = 0;
        changed();
      };
      stream.onerror = () => {
        isHeard = false;
      };
      return stream;
    };
    let source = open();
    const poll = setInterval(() => {
      silent += 1;
      if (isHeard && silent % FLOOR !== 0) return;
      changed();
      if (source.readyState === EventSource.CLOSED) source = open();
    }, POLL_MS);
    return () => {
      clearInterval(poll);
      source.close();
    };
  }, [path, isVisible]);
}
