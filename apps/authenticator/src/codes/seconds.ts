import { useSyncExternalStore } from 'react';

const SECOND_MS = 1000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | undefined;

/** The whole Unix second, turning over when the clock's does: one timer for all that count down, none when nothing does. */
export function useUnixSecond(): number {
  return useSyncExternalStore(listen, () => Math.floor(Date.now() / SECOND_MS));
}

/** How many seconds a step still lasts: from its length down to 1. */
export function secondsLeft(unixSecond: number, stepSeconds: number): number {
  return stepSeconds - (unixSecond % stepSeconds);
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  if (listeners.size === 1) schedule();
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) clearTimeout(timer);
  };
}

/** Set anew each time, since a timer drifts and a device sleeps. */
function schedule(): void {
  clearTimeout(timer);
  timer = setTimeout(
    () => {
      for (const listener of listeners) listener();
      if (listeners.size > 0) schedule();
    },
    SECOND_MS - (Date.now() % SECOND_MS),
  );
}
