import { buttonClass } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Page } from '../../../app/page.tsx';
import { Sessions } from './sessions.tsx';

/** Password and security: how to renew the password, and where one is signed in. */
export function SecurityPage(): ReactElement {
  const { t } = useTranslation('security');
  return (
    <Page title={t('security.title')} lead={t('security.lead')}>
      <section className="card">
        <div className="card-head">
          <h2>{t('security.password')}</h2>
          <Link className={buttonClass('secondary', { small: true })} to="/account/change-password">
            {t('security.new-password')}
          </Link>
        </div>
        <p className="muted">{t('security.password-text')}</p>
        <p className="muted small">
          <Link to="/forgot-password">{t('security.forgot')}</Link>
        </p>
      </section>
      <Sessions />
    </Page>
  );
}
