import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../../app/page.tsx';
import { EmergencyCardSection } from './emergency-card-section.tsx';
import { SuspendForm } from './suspend-form.tsx';

/** Suspending the account and its identity; and the card for the day when that cannot be done here. */
export function SuspendPage(): ReactElement {
  const { t } = useTranslation('suspend');
  return (
    <Page title={t('suspend.title')} lead={t('suspend.lead')}>
      <SuspendForm />
      <EmergencyCardSection />
    </Page>
  );
}
