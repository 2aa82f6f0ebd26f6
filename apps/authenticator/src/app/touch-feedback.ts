const SHORT_MS = 15;

/** A short tap under the finger, where the device can; people who asked for less motion get none. */
export function touchFeedback(): void {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  navigator.vibrate?.(SHORT_MS);
}
