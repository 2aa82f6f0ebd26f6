import { readQr } from '@sigillo/device-protocol';
import { useEffect, useEffectEvent } from 'react';
import { useNavigate } from 'react-router';
import type { Scanned } from './scanned.ts';

/**
 * The app was opened by the address in a sign-in's QR code: with the telephone's own camera, or by "Open the app"
 * on a page of the same device. What it says is behind the `#`, and is taken out of the address bar at once.
 */
export function OpenSignInLink(): null {
  const navigate = useNavigate();
  const open = useEffectEvent(() => {
    const content = readQr(location.origin, location.href);
    if (content?.kind !== 'sign-in') return;
    const scanned: Scanned = { issuer: content.issuer, id: content.id };
    void navigate('/sign-in', { replace: true, state: scanned });
  });
  useEffect(() => {
    const listener = (): void => open();
    listener();
    addEventListener('hashchange', listener);
    return () => removeEventListener('hashchange', listener);
  }, []);
  return null;
}
