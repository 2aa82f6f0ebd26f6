import { Waiting } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, Route, Routes, useLocation } from 'react-router';
import { queryString } from '../../api/query-string.ts';
import { NotFoundPage } from '../../app/not-found-page.tsx';
import { ProblemPage } from '../../app/problem-page.tsx';
import { useSession } from '../../app/session.ts';
import { StepUpProvider } from '../../step-up/step-up.tsx';
import { AccountNav } from './account-nav.tsx';
import { ConsentsPage } from './consents/consents.page.tsx';
import { AddDevicePage } from './devices/add-device.page.tsx';
import { DevicesPage } from './devices/devices.page.tsx';
import { HomePage } from './home/home.page.tsx';
import { LanguagePage } from './language/language.page.tsx';
import { RecoveryCodesPage } from './recovery-codes/recovery-codes.page.tsx';
import { SecurityPage } from './security/security.page.tsx';
import { AddFactorPage } from './two-factor/add-factor.page.tsx';
import { TwoFactorPage } from './two-factor/two-factor.page.tsx';

/** My account: for the signed-in holder only. */
export default function AccountArea(): ReactElement {
  const { t } = useTranslation('account');
  const session = useSession();
  const { pathname, search } = useLocation();

  if (session.error) return <ProblemPage error={session.error} retry={() => session.refetch()} />;
  if (!session.data) return <Waiting>{t('shell.loading')}</Waiting>;
  if (!session.data.signedIn) {
    return <Navigate to={`/sign-in${queryString({ returnTo: pathname + search })}`} replace />;
  }
  return (
    <StepUpProvider>
      <div className="account">
        <AccountNav />
        <Routes>
          <Route index element={<HomePage />} />
          <Route path="security" element={<SecurityPage />} />
          <Route path="two-factor" element={<TwoFactorPage />} />
          <Route path="two-factor/add" element={<AddFactorPage />} />
          <Route path="devices" element={<DevicesPage />} />
          <Route path="devices/add" element={<AddDevicePage />} />
          <Route path="recovery-codes" element={<RecoveryCodesPage />} />
          <Route path="consents" element={<ConsentsPage />} />
          <Route path="language" element={<LanguagePage />} />
          <Route path="*" element={<NotFoundPage />} />
        </Routes>
      </div>
    </StepUpProvider>
  );
}
