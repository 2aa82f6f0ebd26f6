import { Icon } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

/** The way for who has nothing left to confirm with: two other proofs, at the next sign-in (REC-4). */
export function OnlyPhoneLost(): ReactElement {
  const { t } = useTranslation('devices');
  return (
    <section className="card card--rows">
      <details className="question">
        <summary>
          {t('devices.only-lost')}
          <Icon name="chevron-down" />
        </summary>
        <div className="stack stack--tight only-lost">
          <p>{t('devices.only-lost-text')}</p>
          <ol className="steps-list">
            <li>
              <span>{t('devices.only-lost-sign-in')}</span>
            </li>
            <li>
              <span>{t('devices.only-lost-choose')}</span>
            </li>
            <li>
              <span>{t('devices.only-lost-prove')}</span>
            </li>
          </ol>
          <p>
            {t('devices.only-lost-codes')} <Link to="/account/recovery-codes">{t('devices.see-codes')}</Link>
          </p>
          <p>
            {t('devices.only-lost-stuck')} <Link to="/support">{t('devices.contact-support')}</Link>
          </p>
        </div>
      </details>
    </section>
  );
}
