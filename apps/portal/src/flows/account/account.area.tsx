import type { ReactElement } from 'react';
import { Route, Routes } from 'react-router';
import { NotFoundPage } from '../../app/not-found-page.tsx';
import type { Place } from '../../area/area-nav.tsx';
import { SignedInArea } from '../../area/signed-in-area.tsx';
import { ChangePasswordPage } from './change-password/change-password.page.tsx';
import { ConsentsPage } from './consents/consents.page.tsx';
import { ChangeContactPage } from './contacts/change-contact.page.tsx';
import { VerifyContactPage } from './contacts/verify-contact.page.tsx';
import { AddDevicePage } from './devices/add-device.page.tsx';
import { DevicesPage } from './devices/devices.page.tsx';
import { HomePage } from './home/home.page.tsx';
import { LanguagePage } from './language/language.page.tsx';
import { NoticesPage } from './notices/notices.page.tsx';
import { PrivacyPage } from './privacy/privacy.page.tsx';
import { RecoveryCodesPage } from './recovery-codes/recovery-codes.page.tsx';
import { SecurityPage } from './security/security.page.tsx';
import { AddFactorPage } from './two-factor/add-factor.page.tsx';
import { TwoFactorPage } from './two-factor/two-factor.page.tsx';

const PLACES: Place[] = [
  { to: '/account', name: 'home', icon: 'home' },
  { to: '/account/security', name: 'security', icon: 'lock' },
  { to: '/account/two-factor', name: 'two-factor', icon: 'shield', also: '/account/recovery-codes' },
  { to: '/account/devices', name: 'devices', icon: 'phone' },
  { to: '/account/consents', name: 'consents', icon: 'check-circle' },
  { to: '/account/notices', name: 'notices', icon: 'bell', wideOnly: true },
  { to: '/account/privacy', name: 'privacy', icon: 'eye', wideOnly: true },
  { to: '/account/language', name: 'language', icon: 'globe', wideOnly: true },
];

/** My account: how one signs in, and what keeps it safe. */
export default function AccountArea(): ReactElement {
  return (
    <SignedInArea area="account" places={PLACES}>
      <Routes>
        <Route index element={<HomePage />} />
        <Route path="security" element={<SecurityPage />} />
        <Route path="change-password" element={<ChangePasswordPage />} />
        <Route path="change-email" element={<ChangeContactPage key="email" kind="email" />} />
        <Route path="change-phone" element={<ChangeContactPage key="phone" kind="phone" />} />
        <Route path="verify-email" element={<VerifyContactPage key="email" kind="email" />} />
        <Route path="verify-phone" element={<VerifyContactPage key="phone" kind="phone" />} />
        <Route path="two-factor" element={<TwoFactorPage />} />
        <Route path="two-factor/add" element={<AddFactorPage />} />
        <Route path="devices" element={<DevicesPage />} />
        <Route path="devices/add" element={<AddDevicePage />} />
        <Route path="recovery-codes" element={<RecoveryCodesPage />} />
        <Route path="consents" element={<ConsentsPage />} />
        <Route path="notices" element={<NoticesPage />} />
        <Route path="privacy" element={<PrivacyPage />} />
        <Route path="language" element={<LanguagePage />} />
        <Route path="*" element={<NotFoundPage />} />
      </Routes>
    </SignedInArea>
  );
}
