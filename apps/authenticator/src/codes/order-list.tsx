import { Button, Icon } from '@sigillo/ui';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Screen } from '../app/screen.tsx';
import { type CodeAccount, nameOf } from '../vault/code-account.ts';
import { useVault } from '../vault/use-accounts.ts';
import { Monogram } from './monogram.tsx';

/** Puts the accounts in another order, with buttons that a thumb, a keyboard and a voice can all press. */
export function OrderList({
  accounts,
  onDone,
}: {
  accounts: CodeAccount[];
  onDone: () => void;
}): ReactElement {
  const { t } = useTranslation();
  const vault = useVault();
  const [moved, setMoved] = useState('');
  const move = async (index: number, to: number): Promise<void> => {
    const ids = accounts.map(({ id }) => id);
    const [id = ''] = ids.splice(index, 1);
    ids.splice(to, 0, id);
    await vault.reorder(ids);
    const name = nameOf(accounts[index] ?? { issuer: '', account: '' });
    setMoved(t('authenticator.moved', { name, place: to + 1, of: accounts.length }));
  };
  return (
    <Screen
      title={t('authenticator.order-title')}
      onBack={onDone}
      actions={
        <Button look="primary" wide onClick={onDone}>
          {t('authenticator.done')}
        </Button>
      }
    >
      <p className="visually-hidden" role="status">
        {moved}
      </p>
      <ol className="key-list">
        {accounts.map((account, index) => (
          <li key={account.id}>
            <Monogram name={account.issuer || account.account} />
            <span className="names">
              <strong>{account.issuer || account.account}</strong>
              {account.issuer && <span className="muted">{account.account}</span>}
            </span>
            <MoveButton
              label={t('authenticator.move-up', { name: nameOf(account) })}
              isLast={index === 0}
              icon="arrow-up"
              onMove={() => move(index, index - 1)}
            />
            <MoveButton
              label={t('authenticator.move-down', { name: nameOf(account) })}
              isLast={index === accounts.length - 1}
              icon="arrow-down"
              onMove={() => move(index, index + 1)}
            />
          </li>
        ))}
      </ol>
    </Screen>
  );
}

interface MoveButtonProps {
  label: string;
  isLast: boolean;
  icon: 'arrow-up' | 'arrow-down';
  onMove: () => void;
}

/** Stays where it is at the end of its way, so that the focus does too. */
function MoveButton({ label, isLast, icon, onMove }: MoveButtonProps): ReactElement {
  return (
    <button
      className="bar-button"
      type="button"
      aria-label={label}
      aria-disabled={isLast || undefined}
      onClick={isLast ? undefined : onMove}
    >
      <Icon name={icon} />
    </button>
  );
}
