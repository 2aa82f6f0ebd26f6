import { lazy, type ReactElement, StrictMode, Suspense } from 'react';
import { BrowserRouter, Route, Routes } from 'react-router';
import AccountPage from '../codes/account.page.tsx';
import CodesPage from '../codes/codes.page.tsx';
import HomePage from '../home/home.page.tsx';
import type { LinkedAccounts } from '../linked/linked-accounts.ts';
import { LinkedContext } from '../linked/use-linked-accounts.ts';
import { AnnounceRequests } from '../requests/announce-requests.tsx';
import { OpenFromNotice } from '../requests/open-from-notice.tsx';
import RequestPage from '../requests/request.page.tsx';
import { RequestsFrame } from '../requests/requests.tsx';
import SignInPage from '../requests/sign-in.page.tsx';
import AboutPage from '../settings/about.page.tsx';
import SettingsPage from '../settings/settings.page.tsx';
import { UnlockProvider } from '../unlock/unlock-provider.tsx';
import { VaultContext } from '../vault/use-accounts.ts';
import type { Vault } from '../vault/vault.ts';
import { Announcements } from './announcements.tsx';
import { NotFoundPage } from './not-found.page.tsx';
import { OpenedByCode } from './opened-by-code.tsx';

// Fetched when somebody goes there, from the service worker's store; the start should be quick.
const ScanPage = lazy(() => import('../scan/scan.page.tsx'));
const TypeKeyPage = lazy(() => import('../keys/type-key.page.tsx'));
const TypeCodePage = lazy(() => import('../requests/type-code.page.tsx'));
const ExportPage = lazy(() => import('../backup/export.page.tsx'));
const ImportPage = lazy(() => import('../backup/import.page.tsx'));
const LinkPage = lazy(() => import('../link/link.page.tsx'));
const TypePairingPage = lazy(() => import('../link/type-pairing.page.tsx'));
const LinkedAccountPage = lazy(() => import('../accounts/linked-account.page.tsx'));
const WhatHappenedPage = lazy(() => import('../what-happened/what-happened.page.tsx'));
const UnlockCodePage = lazy(() => import('../accounts/unlock-code.page.tsx'));
const BiometricPage = lazy(() => import('../accounts/biometric.page.tsx'));

/** The app: its addresses and what is shown at each. The server knows the same ones. */
export function App({ vault, linked }: { vault: Vault; linked: LinkedAccounts }): ReactElement {
  return (
    <StrictMode>
      <VaultContext value={vault}>
        <LinkedContext value={linked}>
          <BrowserRouter>
            <Announcements>
              <UnlockProvider>
                <RequestsFrame>
                  <OpenedByCode />
                  <OpenFromNotice />
                  <AnnounceRequests />
                  <Suspense fallback={<main className="screen" />}>
                    <Routes>
                      <Route path="/" element={<HomePage />} />
                      <Route path="/scan" element={<ScanPage />} />
                      <Route path="/type" element={<TypeKeyPage />} />
                      <Route path="/codes" element={<CodesPage />} />
                      <Route path="/codes/:id" element={<AccountPage />} />
                      <Route path="/settings" element={<SettingsPage />} />
                      <Route path="/export" element={<ExportPage />} />
                      <Route path="/import" element={<ImportPage />} />
                      <Route path="/about" element={<AboutPage />} />
                      <Route path="/link" element={<LinkPage />} />
                      <Route path="/pair" element={<TypePairingPage />} />
                      <Route path="/accounts/:id" element={<LinkedAccountPage />} />
                      <Route path="/unlock-code" element={<UnlockCodePage />} />
                      <Route path="/what-happened" element={<WhatHappenedPage />} />
                      <Route path="/biometric" element={<BiometricPage />} />
                      <Route path="/sign-in" element={<SignInPage />} />
                      <Route path="/sign-in/code" element={<TypeCodePage />} />
                      <Route path="/requests/:id" element={<RequestPage />} />
                      <Route path="*" element={<NotFoundPage />} />
                    </Routes>
                  </Suspense>
                </RequestsFrame>
              </UnlockProvider>
            </Announcements>
          </BrowserRouter>
        </LinkedContext>
      </VaultContext>
    </StrictMode>
  );
}
