import { useEffect, useState } from 'react';
import { nowMs } from './clock.ts';

/** Whole seconds until a moment (Unix milliseconds), counting down by itself; 0 when it has passed or is unknown. */
export function useSecondsLeft(untilMs: number | null): number {
  const [secondsLeft, setSecondsLeft] = useState(() => secondsUntil(untilMs));

  useEffect(() => {
    setSecondsLeft(secondsUntil(untilMs));
    if (secondsUntil(untilMs) === 0) return;
    const timer = setInterval(() => {
      const left = secondsUntil(untilMs);
      setSecondsLeft(left);
      if (left === 0) clearInterval(timer);
    }, 500);
    return () => clearInterval(timer);
  }, [untilMs]);

  return secondsLeft;
}

function secondsUntil(untilMs: number | null): number {
  return untilMs === null ? 0 : Math.max(0, Math.ceil((untilMs - nowMs()) / 1000));
}
