import { useSyncExternalStore } from 'react';

/** What Chromium offers when the app can be installed; no other browser has it, nor do TypeScript's own types. */
interface InstallOffer extends Event {
  prompt(): Promise<unknown>;
}

/** How the app gets onto this device. */
export type InstallWay = 'installed' | 'offered' | 'ios' | 'by-hand';

let offer: InstallOffer | undefined;
const listeners = new Set<() => void>();

/** Keeps the browser's offer for when the holder asks for it; it comes early, and once. */
export function watchInstallOffer(): void {
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    setOffer(event as InstallOffer);
  });
  addEventListener('appinstalled', () => setOffer(undefined));
}

/** How to install here, changing as the browser makes up its mind. */
export function useInstallWay(): InstallWay {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, installWay);
}

/** Opens the browser's own question. */
export async function install(): Promise<void> {
  await offer?.prompt();
  setOffer(undefined);
}

function installWay(): InstallWay {
  if (matchMedia('(display-mode: standalone)').matches) return 'installed';
  if (offer) return 'offered';
  // An iPad calls itself a Mac; no Mac has a touch screen.
  const { userAgent, maxTouchPoints } = navigator;
  const isApple = /iPhone|iPad|iPod/.test(userAgent) || (/Macintosh/.test(userAgent) && maxTouchPoints > 1);
  return isApple ? 'ios' : 'by-hand';
}

function setOffer(next: InstallOffer | undefined): void {
  offer = next;
  for (const listener of listeners) listener();
}
