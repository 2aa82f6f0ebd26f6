import type { ReactElement } from 'react';

const RADIUS = 18;
const ROUND = 2 * Math.PI * RADIUS;

/** The seconds that are left, as a ring that empties; the words for it stand elsewhere. */
export function Ring({ seconds, of }: { seconds: number; of: number }): ReactElement {
  return (
    <span className="ring" aria-hidden="true">
      <svg viewBox="0 0 44 44" focusable="false" aria-hidden="true">
        <circle className="ring-track" cx="22" cy="22" r={RADIUS} />
        <circle
          className={seconds === of ? 'ring-left ring-left--full' : 'ring-left'}
          cx="22"
          cy="22"
          r={RADIUS}
          strokeDasharray={ROUND}
          strokeDashoffset={ROUND * (1 - seconds / of)}
        />
      </svg>
      <span>{seconds}</span>
    </span>
  );
}
