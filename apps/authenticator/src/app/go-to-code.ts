import type { QrContent } from '@sigillo/device-protocol';
import type { NavigateFunction, NavigateOptions } from 'react-router';

/** Goes where a scanned code of the product is dealt with. */
export function goToCode(
  navigate: NavigateFunction,
  content: QrContent,
  options: NavigateOptions = {},
): void {
  if (content.kind === 'pair') void navigate('/link', { ...options, state: { pairing: content } });
  else {
    const { id, issuer } = content;
    void navigate('/request', { ...options, state: { scanned: id, issuer } });
  }
}
