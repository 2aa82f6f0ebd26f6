import type { ReactElement } from 'react';
import { formatCountdown } from './format-countdown.ts';

/** Remaining time as "0:42". It is not announced each second; the sentence around it is enough. */
export function Countdown({ seconds }: { seconds: number }): ReactElement {
  return (
    <span className="countdown" role="timer" aria-live="off">
      {formatCountdown(seconds)}
    </span>
  );
}
