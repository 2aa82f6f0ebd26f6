import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, type ReactElement, StrictMode } from 'react';
import { BrowserRouter, Navigate, Route, Routes } from 'react-router';
import { ConsoleFrame, Frame } from './frame.tsx';
import { NotFoundPage } from './not-found-page.tsx';
import { queryClient } from './query-client.ts';

// Fetched when somebody goes there: an area for a group of pages that lead to one another, else the page.
const SignInPage = lazy(() => import('../flows/sign-in/sign-in/sign-in.page.tsx'));
const RegisterArea = lazy(() => import('../flows/register/register.area.tsx'));
const ForgotPasswordPage = lazy(() => import('../flows/recovery/forgot-password/forgot-password.page.tsx'));
const ResetPasswordPage = lazy(() => import('../flows/recovery/reset-password/reset-password.page.tsx'));
const PasswordChangedPage = lazy(
  () => import('../flows/recovery/password-changed/password-changed.page.tsx'),
);
const CancelChangePage = lazy(() => import('../flows/recovery/cancel-change/cancel-change.page.tsx'));
const ConsentPage = lazy(() => import('../flows/consent/consent/consent.page.tsx'));
const AccountArea = lazy(() => import('../flows/account/account.area.tsx'));
const SelfCareArea = lazy(() => import('../flows/selfcare/selfcare.area.tsx'));
const ConsoleArea = lazy(() => import('../flows/console/console.area.tsx'));
const ConsoleSignInPage = lazy(() => import('../flows/console/sign-in/console-sign-in.page.tsx'));
const InvitationPage = lazy(() => import('../flows/console/invitation/invitation.page.tsx'));
const DataExportPage = lazy(() => import('../flows/account/privacy/data-export.page.tsx'));
const KeepAccountPage = lazy(() => import('../flows/account/privacy/keep-account.page.tsx'));
const SupportPage = lazy(() => import('../flows/help/support/support.page.tsx'));
const SuspendPage = lazy(() => import('../flows/help/suspend/suspend.page.tsx'));
const SuspendedPage = lazy(() => import('../flows/help/suspend/suspended.page.tsx'));
const SignedOutPage = lazy(() => import('../flows/help/signed-out/signed-out.page.tsx'));
const HelpPage = lazy(() => import('../flows/help/help/help.page.tsx'));
const AccessibilityPage = lazy(() => import('../flows/help/accessibility/accessibility.page.tsx'));
const VerifyHistoryPage = lazy(() => import('../flows/help/verify-history/verify-history.page.tsx'));
const EverybodyOutPage = lazy(() => import('../flows/selfcare/history/everybody-out.page.tsx'));
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
              <Route path="/password-changed" element={<PasswordChangedPage />} />
              <Route path="/cancel-change" element={<CancelChangePage />} />
              <Route path="/consent" element={<ConsentPage />} />
              <Route path="/data-export" element={<DataExportPage />} />
              <Route path="/keep-account" element={<KeepAccountPage />} />
              <Route path="/support" element={<SupportPage />} />
              <Route path="/suspend" element={<SuspendPage />} />
              <Route path="/suspended" element={<SuspendedPage />} />
              <Route path="/signed-out" element={<SignedOutPage />} />
              <Route path="/everybody-out" element={<EverybodyOutPage />} />
              <Route path="*" element={<NotFoundPage />} />
            </Route>
            <Route element={<Frame kind="wide" />}>
              <Route path="/account/*" element={<AccountArea />} />
              <Route path="/selfcare/*" element={<SelfCareArea />} />
            </Route>
            <Route element={<ConsoleFrame kind="task" />}>
              <Route path="/console/sign-in" element={<ConsoleSignInPage />} />
              <Route path="/console/invitation" element={<InvitationPage />} />
            </Route>
            <Route element={<ConsoleFrame kind="wide" />}>
              <Route path="/console/*" element={<ConsoleArea />} />
            </Route>
            <Route element={<Frame kind="reading" />}>
              <Route path="/help" element={<HelpPage />} />
              <Route path="/accessibility" element={<AccessibilityPage />} />
              <Route path="/verify-history" element={<VerifyHistoryPage />} />
              <Route path="/privacy" element={<PrivacyPage />} />
            </Route>
          </Routes>
        </BrowserRouter>
      </QueryClientProvider>
    </StrictMode>
  );
}
