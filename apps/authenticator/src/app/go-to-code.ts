import type { QrContent } from '@sigillo/device-protocol';
import type { NavigateFunction, NavigateOptions } from 'react-router';
import type { Scanned } from '../requests/scanned.ts';

/** Goes where a scanned code of the product is dealt with. */
export function goToCode(
  navigate: NavigateFunction,
  content: QrContent,
  options: NavigateOptions = {},
): void {
  if (content.kind === 'pair') void navigate('/link', { ...options, state: { pairing: content } });
  else {
    const { id, issuer } = content;
    const scanned: Scanned = { issuer, id };
    // In place of the camera: going back from there is going home.
    void navigate('/sign-in', { ...options, replace: true, state: scanned });
  }
}
