import { readQr } from '@sigillo/device-protocol';
import { useEffect } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { goToCode } from './go-to-code.ts';

/** The app was opened by a telephone's camera: what the QR code says stands behind the `#` of the address. */
export function OpenedByCode(): null {
  const navigate = useNavigate();
  const { pathname, hash } = useLocation();
  useEffect(() => {
    const content =
      pathname === '/' && hash ? readQr(location.origin, `${location.origin}/${hash}`) : undefined;
    // In place of this address: going back does not do it again.
    if (content) goToCode(navigate, content, { replace: true });
  }, [navigate, pathname, hash]);
  return null;
}
