import { Button, buttonClass, EmptyState, Icon } from '@sigillo/ui';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Screen } from '../app/screen.tsx';
import type { CodeAccount } from '../vault/code-account.ts';
import { useAccounts } from '../vault/use-accounts.ts';
import { CodeRow } from './code-row.tsx';
import { matchesSearch } from './matches-search.ts';
import { OrderList } from './order-list.tsx';

/** More than fit on a small screen. */
const SEARCH_FROM = 6;

/** All one-time codes, with the seconds they last. */
export default function CodesPage(): ReactElement {
  const { t } = useTranslation();
  const accounts = useAccounts();
  const [isOrdering, setIsOrdering] = useState(false);
  if (isOrdering && accounts) return <OrderList accounts={accounts} onDone={() => setIsOrdering(false)} />;
  return (
    <Screen
      title={t('authenticator.codes-title')}
      back="/"
      actions={
        <div className="actions-pair">
          {accounts && accounts.length > 1 && (
            <Button look="secondary" onClick={() => setIsOrdering(true)}>
              {t('authenticator.reorder')}
            </Button>
          )}
          <Link className={buttonClass('primary')} to="/scan">
            <Icon name="plus" />
            <span>{t('authenticator.add')}</span>
          </Link>
        </div>
      }
    >
      {accounts && <CodeList accounts={accounts} />}
    </Screen>
  );
}

function CodeList({ accounts }: { accounts: CodeAccount[] }): ReactElement {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  if (accounts.length === 0) return <EmptyState icon="key">{t('authenticator.codes-empty')}</EmptyState>;
  const hasSearch = accounts.length >= SEARCH_FROM;
  const shown = hasSearch ? accounts.filter((account) => matchesSearch(account, typed)) : accounts;
  return (
    <>
      {hasSearch && (
        <input
          className="input"
          type="search"
          aria-label={t('authenticator.search')}
          placeholder={t('authenticator.search')}
          value={typed}
          autoComplete="off"
          enterKeyHint="search"
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      )}
      <p className="visually-hidden" role="status">
        {typed && t('authenticator.found', { count: shown.length })}
      </p>
      {shown.length === 0 ? (
        <EmptyState icon="key">{t('authenticator.none-found', { typed })}</EmptyState>
      ) : (
        <ul className="code-list">
          {shown.map((account) => (
            <CodeRow key={account.id} account={account} />
          ))}
        </ul>
      )}
    </>
  );
}
