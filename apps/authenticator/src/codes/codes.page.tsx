import { Button, buttonClass, EmptyState, Icon } from '@sigillo/ui';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Screen } from '../app/screen.tsx';
import { useLinkedAccounts } from '../linked/use-linked-accounts.ts';
import { type CodeAccount, nameOf } from '../vault/code-account.ts';
import { useAccounts, useVault } from '../vault/use-accounts.ts';
import { CodeRow } from './code-row.tsx';
import { LinkedCodes } from './linked-codes.tsx';
import { matchesSearch } from './matches-search.ts';
import { OrderList } from './order-list.tsx';

/** More than fit on a small screen. */
const SEARCH_FROM = 6;

/** All one-time codes, with the seconds they last. */
export default function CodesPage(): ReactElement {
  const { t } = useTranslation();
  const accounts = useAccounts();
  const [isOrdering, setIsOrdering] = useState(false);
  if (isOrdering && accounts) return <OrderCodes accounts={accounts} onDone={() => setIsOrdering(false)} />;
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
      <LinkedCodes />
      {accounts && <CodeList accounts={accounts} />}
    </Screen>
  );
}

function OrderCodes({ accounts, onDone }: { accounts: CodeAccount[]; onDone: () => void }): ReactElement {
  const vault = useVault();
  const items = accounts.map((account) => ({
    id: account.id,
    name: nameOf(account),
    title: account.issuer || account.account,
    detail: account.issuer ? account.account : '',
  }));
  return <OrderList items={items} onOrder={vault.reorder} onDone={onDone} />;
}

function CodeList({ accounts }: { accounts: CodeAccount[] }): ReactElement | null {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const hasLinked = (useLinkedAccounts() ?? []).length > 0;
  if (accounts.length === 0)
    return hasLinked ? null : <EmptyState icon="key">{t('authenticator.codes-empty')}</EmptyState>;
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
