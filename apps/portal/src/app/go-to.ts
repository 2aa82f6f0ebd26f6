import type { NavigateFunction } from 'react-router';

/** Addresses of this portal that a sign-in may lead to; everything else is loaded anew. */
const WITHIN = /^\/(account|consent|sign-in|data-export)(?=[/?#]|$)/;

/**
 * Goes where the server says: within the portal without loading it again, elsewhere by leaving. The page left
 * does not stay in the history, since going back to a finished step leads nowhere.
 */
export function goTo(address: string, navigate: NavigateFunction): void {
  if (WITHIN.test(address)) void navigate(address, { replace: true });
  else location.replace(address);
}
