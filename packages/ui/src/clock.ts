let offsetMs = 0;

/**
 * Tells how far the server's clock is ahead of this device's. Clocks of phones and computers are often wrong,
 * and every deadline we show comes from the server.
 */
export function setClockOffsetMs(ms: number): void {
  offsetMs = ms;
}

/** The server's time as well as this page knows it, in Unix milliseconds. */
export function nowMs(): number {
  return Date.now() + offsetMs;
}

/** An answer as it tells the time: its `Date` header (RFC 9110 §6.6.1), and this device's clock around it. */
export interface TimedAnswer {
  date: string | null;
  sentMs: number;
  receivedMs: number;
}

/** `Date` has whole seconds, and nobody sees a second more or less. */
const CLOSE_MS = 2000;

/**
 * How far a server's clock is ahead of this device's, in milliseconds, after one more answer. Nothing is learnt
 * from an answer that may have been on its way, or waited here, for as long as it disagrees.
 */
export function offsetAfter({ date, sentMs, receivedMs }: TimedAnswer, knownMs: number): number {
  const saidMs = Date.parse(date ?? '');
  if (Number.isNaN(saidMs)) return knownMs;
  const aheadMs = receivedMs + knownMs - saidMs;
  const isPossible = aheadMs > -CLOSE_MS && aheadMs < CLOSE_MS + (receivedMs - sentMs);
  return isPossible ? knownMs : saidMs - receivedMs;
}
