/** Nobody can scan the screen that they hold in their hand. */
const HELD = '(pointer: coarse) and (hover: none)';
/** Room for the code beside the form. */
const ROOM = '(min-width: 768px)';

/**
 * Whether a code on this screen is there to be scanned: it has room, and is no telephone or tablet. Asked once for
 * each page: a window that is made narrower, or larger letters, must not take away what somebody has scanned.
 */
export function canScan(): boolean {
  return matchMedia(ROOM).matches && !matchMedia(HELD).matches;
}

/**
 * Whether this system hands an address of the app to the app that is installed. Android does; iOS opens it in the
 * browser, where nothing is linked, and on a desk it depends.
 */
export function handsLinksToApp(): boolean {
  return /\bAndroid\b/.test(navigator.userAgent);
}
