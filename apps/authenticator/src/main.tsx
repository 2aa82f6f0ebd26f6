import './theme/app.scss';
import { applyChosenTheme } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { NoStorage } from './app/no-storage.tsx';
import { startTexts } from './app/texts.ts';
import { markStoppedIn } from './linked/device-call.ts';
import { openLinkedAccounts } from './linked/linked-accounts.ts';
import { type AppStorage, openStorage } from './vault/storage.ts';
import { openVault } from './vault/vault.ts';
import { watchInstallOffer } from './welcome/install.ts';

function appOn(storage: AppStorage): ReactElement {
  const linked = openLinkedAccounts(storage);
  markStoppedIn(linked);
  return <App vault={openVault(storage)} linked={linked} />;
}

applyChosenTheme();
watchInstallOffer();
const [storage] = await Promise.all([openStorage().catch(() => undefined), startTexts()]);
const root = document.getElementById('root');
if (root) createRoot(root).render(storage ? appOn(storage) : <NoStorage />);

// Without it the app works as a page; with it, also where there is no network.
navigator.serviceWorker?.register('/service-worker.js', { updateViaCache: 'none' }).catch(() => undefined);
