import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, type ReactElement, StrictMode } from 'react';
import { BrowserRouter, Navigate, Route, Routes } from 'react-router';
import { Frame } from './frame.tsx';
import { NotFoundPage } from './not-found-page.tsx';
import { queryClient } from './query-client.ts';

// Fetched when somebody goes there: an area for a group of pages that lead to one another, else the page.
const SignInPage = lazy(() => import('../flows/sign-in/sign-in/sign-in.page.tsx'));
const RegisterArea = lazy(() => import('../flows/register/register.area.tsx'));
const ForgotPasswordPage = lazy(() => import('../flows/recovery/forgot-password/forgot-password.page.tsx'));
const ResetPasswordPage = lazy(() => import('../flows/recovery/reset-password/reset-password.page.tsx'));
const ConsentPage = lazy(() => import('../flows/consent/consent/consent.page.tsx'));
const AccountArea = lazy(() => import('../flows/account/account.area.tsx'));
const SupportPage = lazy(() => import('../flows/help/support/support.page.tsx'));
const SignedOutPage = lazy(() => import('../flows/help/signed-out/signed-out.page.tsx'));
const HelpPage = lazy(() => import('../flows/help/help/help.page.tsx'));
const AccessibilityPage = lazy(() => import('../flows/help/accessibility/accessibility.page.tsx'));
const PrivacyPage = lazy(() => import('../flows/help/privacy/privacy.page.tsx'));

/** The portal: its addresses and what is shown at each. */
export function App(): ReactElement {
  return (
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <BrowserRouter>
          <Routes>
            <Route path="/" element={<Navigate to="/account" replace />} />
            <Route element={<Frame kind="task" />}>
              <Route path="/sign-in" element={<SignInPage />} />
              <Route path="/register/*" element={<RegisterArea />} />
              <Route path="/forgot-password" element={<ForgotPasswordPage />} />
              <Route path="/reset-password" element={<ResetPasswordPage />} />
              <Route path="/consent" element={<ConsentPage />} />
              <Route path="/support" element={<SupportPage />} />
              <Route path="/signed-out" element={<SignedOutPage />} />
              <Route path="*" element={<NotFoundPage />} />
            </Route>
            <Route element={<Frame kind="wide" />}>
              <Route path="/account/*" element={<AccountArea />} />
            </Route>
            <Route element={<Frame kind="reading" />}>
              <Route path="/help" element={<HelpPage />} />
              <Route path="/accessibility" element={<AccessibilityPage />} />
              <Route path="/privacy" element={<PrivacyPage />} />
            </Route>
          </Routes>
        </BrowserRouter>
      </QueryClientProvider>
    </StrictMode>
  );
}
