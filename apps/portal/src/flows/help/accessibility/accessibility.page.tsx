import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Page } from '../../../app/page.tsx';

/** What this portal promises to people who see, hear or move differently, and how to say that it fails. */
export default function AccessibilityPage(): ReactElement {
  const { t } = useTranslation('accessibility');
  return (
    <Page title={t('accessibility.title')} lead={t('accessibility.lead')}>
      <div className="card prose">
        <h2>{t('accessibility.state-title')}</h2>
        <p>{t('accessibility.state')}</p>
        <h2>{t('accessibility.how-title')}</h2>
        <ul>
          <li>{t('accessibility.how-keyboard')}</li>
          <li>{t('accessibility.how-reader')}</li>
          <li>{t('accessibility.how-contrast')}</li>
          <li>{t('accessibility.how-zoom')}</li>
          <li>{t('accessibility.how-motion')}</li>
          <li>{t('accessibility.how-time')}</li>
        </ul>
        <h2>{t('accessibility.tell-title')}</h2>
        <p>{t('accessibility.tell')}</p>
        <p>
          <Link to="/support">{t('accessibility.contact')}</Link>
        </p>
      </div>
    </Page>
  );
}
