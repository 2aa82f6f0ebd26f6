import './theme/app.scss';
import { applyChosenTheme } from '@sigillo/ui';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { NoStorage } from './app/no-storage.tsx';
import { startTexts } from './app/texts.ts';
import { openVault } from './vault/vault.ts';
import { watchInstallOffer } from './welcome/install.ts';

applyChosenTheme();
watchInstallOffer();
const [vault] = await Promise.all([openVault().catch(() => undefined), startTexts()]);
const root = document.getElementById('root');
if (root) createRoot(root).render(vault ? <App vault={vault} /> : <NoStorage />);

// Without it the app works as a page; with it, also where there is no network.
navigator.serviceWorker?.register('/service-worker.js', { updateViaCache: 'none' }).catch(() => undefined);
