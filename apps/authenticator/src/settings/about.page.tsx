import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Screen } from '../app/screen.tsx';

/** What is kept where, what that protects from, and what it does not. */
export default function AboutPage(): ReactElement {
  const { t } = useTranslation();
  return (
    <Screen title={t('authenticator.about-title')} lead={t('authenticator.about-lead')} back="/settings">
      <div className="prose">
        <h2>{t('authenticator.about-stored-title')}</h2>
        <p>{t('authenticator.about-stored')}</p>
        <h2>{t('linked.accounts')}</h2>
        <p>{t('linked.about')}</p>
        <h2>{t('authenticator.about-limits-title')}</h2>
        <p>{t('authenticator.about-limits')}</p>
        <h2>{t('authenticator.about-lost-title')}</h2>
        <p>{t('authenticator.about-lost')}</p>
      </div>
    </Screen>
  );
}
