import { Badge, Icon } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Monogram } from '../codes/monogram.tsx';
import type { LinkedAccount } from '../linked/linked-account.ts';

/** The linked accounts, side by side: the holder's name, whose account at which service, and its state. */
export function AccountList({ accounts }: { accounts: readonly LinkedAccount[] }): ReactElement {
  const { t } = useTranslation();
  return (
    <ul className="account-list">
      {accounts.map(({ id, name, account, state, hasOldCode }) => (
        <li key={id}>
          <Link to={`/accounts/${id}`}>
            <Monogram name={name} />
            <span className="names">
              <strong>{name}</strong>
              <span className="muted">{account.email}</span>
              <span className="muted">{account.service}</span>
            </span>
            {state === 'ready' && !hasOldCode && <Badge tone="success">{t('linked.state-ready')}</Badge>}
            {state === 'ready' && hasOldCode && <Badge tone="warning">{t('linked.state-old-code')}</Badge>}
            {state === 'stopped' && (
              <Badge tone="warning" icon="warning">
                {t('linked.state-stopped')}
              </Badge>
            )}
            {state === 'setting-up' && <Badge tone="warning">{t('linked.state-setting-up')}</Badge>}
            <Icon name="chevron-right" />
          </Link>
        </li>
      ))}
    </ul>
  );
}
