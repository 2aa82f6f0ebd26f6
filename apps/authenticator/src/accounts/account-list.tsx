import { Badge, Icon } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Monogram } from '../codes/monogram.tsx';
import type { LinkedAccount } from '../linked/linked-account.ts';

/** The linked accounts, side by side: the holder's name, whose account at which service, and its state. */
export function AccountList({ accounts }: { accounts: readonly LinkedAccount[] }): ReactElement {
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
              <StateBadge state={state} hasOldCode={hasOldCode} />
            </span>
            <Icon name="chevron-right" />
          </Link>
        </li>
      ))}
    </ul>
  );
}

function StateBadge({ state, hasOldCode }: Pick<LinkedAccount, 'state' | 'hasOldCode'>): ReactElement {
  const { t } = useTranslation();
  if (state === 'ready' && !hasOldCode) return <Badge tone="success">{t('linked.state-ready')}</Badge>;
  const words = state === 'ready' ? 'linked.state-old-code' : `linked.state-${state}`;
  return (
    <Badge tone="warning" icon="warning">
      {t(words)}
    </Badge>
  );
}
