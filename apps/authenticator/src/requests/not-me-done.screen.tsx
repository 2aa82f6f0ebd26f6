import { buttonClass, Icon } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Ended } from './ended.tsx';

/** What "It wasn't me" did, and what whoever was attacked does next. @param issuer where the account pages are */
export function NotMeDoneScreen({ issuer }: { issuer: string }): ReactElement {
  const { t } = useTranslation();
  const change = (
    <a
      className={buttonClass('primary', { wide: true })}
      href={`${issuer}/account/security`}
      target="_blank"
      rel="noreferrer"
    >
      <span>{t('requests.change-password')}</span>
      <Icon name="external" />
    </a>
  );
  return (
    <Ended
      picture={{ icon: 'shield', tone: 'neutral' }}
      title={t('requests.not-me-done-title')}
      lead={t('requests.not-me-done-lead')}
      actions={change}
    >
      <ul className="notice-list">
        <li>{t('requests.not-me-ended')}</li>
        <li>{t('requests.not-me-mailed')}</li>
        <li>{t('requests.not-me-muted')}</li>
      </ul>
      <p>{t('requests.not-me-next')}</p>
    </Ended>
  );
}
