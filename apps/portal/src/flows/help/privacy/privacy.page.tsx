import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Page } from '../../../app/page.tsx';
import { useBrand } from '../../../app/session.ts';

/** What this portal keeps, why and for how long, in words that can be read. */
export default function PrivacyPage(): ReactElement {
  const { t } = useTranslation('privacy');
  const name = useBrand()?.name ?? '';
  return (
    <Page title={t('privacy.title')} lead={t('privacy.lead', { name })}>
      <div className="card prose">
        <h2>{t('privacy.kept-title')}</h2>
        <ul>
          <li>{t('privacy.kept-account')}</li>
          <li>{t('privacy.kept-factors')}</li>
          <li>{t('privacy.kept-sessions')}</li>
        </ul>
        <h2>{t('privacy.shared-title')}</h2>
        <p>{t('privacy.shared')}</p>
        <h2>{t('privacy.cookies-title')}</h2>
        <p>{t('privacy.cookies')}</p>
        <h2>{t('privacy.rights-title')}</h2>
        <p>{t('privacy.rights')}</p>
        <p>
          <Link to="/support">{t('privacy.contact')}</Link>
        </p>
      </div>
    </Page>
  );
}
