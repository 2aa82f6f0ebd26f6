import { buttonClass } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { hostOf } from './choose-account.tsx';
import { Ended } from './ended.tsx';

/** Nobody here has an account to sign in with there; linking comes first. */
export function Unlinked({ issuer }: { issuer: string | undefined }): ReactElement {
  const { t } = useTranslation();
  const link = (
    <Link className={buttonClass('primary', { wide: true })} to="/link">
      {t('requests.link-again')}
    </Link>
  );
  return (
    <Ended
      picture={{ icon: 'user', tone: 'neutral' }}
      title={t('requests.unlinked-title')}
      lead={issuer ? t('requests.unlinked', { host: hostOf(issuer) }) : t('requests.unlinked-code')}
      actions={link}
    />
  );
}
