import { useSyncExternalStore } from 'react';

/** Nobody can scan the screen that they hold in their hand. */
const HELD = '(pointer: coarse) and (hover: none)';
/** Room for the code beside the form. */
const ROOM = '(min-width: 768px)';

/** Whether a code on this screen is there to be scanned: it has room, and is no telephone or tablet. */
export function useCanScan(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(ROOM).matches && !matchMedia(HELD).matches);
}

function subscribe(onChange: () => void): () => void {
  const lists = [matchMedia(ROOM), matchMedia(HELD)];
  for (const list of lists) list.addEventListener('change', onChange);
  return () => {
    for (const list of lists) list.removeEventListener('change', onChange);
  };
}

/**
 * Whether this system hands an address of the app to the app that is installed. Android does; iOS opens it in the
 * browser, where nothing is linked, and on a desk it depends.
 */
export function handsLinksToApp(): boolean {
  return /\bAndroid\b/.test(navigator.userAgent);
}
