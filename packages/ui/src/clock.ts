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
