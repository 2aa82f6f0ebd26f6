import { Button, Dialog, EmptyState, TextField } from '@sigillo/ui';
import { type FormEvent, type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { useSay } from '../app/announcements.tsx';
import { Screen } from '../app/screen.tsx';
import { type CodeAccount, nameOf } from '../vault/code-account.ts';
import { useAccounts, useVault } from '../vault/use-accounts.ts';

/** One account: its names, what its codes are like, and taking it away. */
export default function AccountPage(): ReactElement | null {
  const { t } = useTranslation();
  const { id } = useParams();
  const accounts = useAccounts();
  if (!accounts) return null;
  const account = accounts.find((candidate) => candidate.id === id);
  if (account) return <EditAccount key={account.id} account={account} />;
  return (
    <Screen title={t('authenticator.account-gone-title')} back="/codes">
      <EmptyState icon="key">{t('authenticator.account-gone')}</EmptyState>
    </Screen>
  );
}

function EditAccount({ account }: { account: CodeAccount }): ReactElement {
  const { t } = useTranslation();
  const vault = useVault();
  const navigate = useNavigate();
  const say = useSay();
  const [names, setNames] = useState({ issuer: account.issuer, account: account.account });
  const [hasTried, setHasTried] = useState(false);
  const [isRemoving, setIsRemoving] = useState(false);
  const isNameless = !names.issuer.trim() && !names.account.trim();

  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setHasTried(true);
    if (isNameless) return document.getElementById('issuer')?.focus();
    await vault.rename(account.id, names);
    await navigate('/codes');
    say({ text: t('authenticator.saved') });
  };
  return (
    <Screen
      title={t('authenticator.account-title')}
      back="/codes"
      actions={
        <>
          <Button look="primary" wide type="submit" form="names">
            {t('authenticator.save')}
          </Button>
          <Button look="danger-quiet" wide icon="trash" onClick={() => setIsRemoving(true)}>
            {t('authenticator.remove')}
          </Button>
        </>
      }
    >
      <form className="form" id="names" onSubmit={save} noValidate>
        <TextField
          id="issuer"
          label={t('authenticator.issuer')}
          value={names.issuer}
          maxLength={100}
          autoComplete="off"
          error={hasTried && isNameless ? t('authenticator.issuer-missing') : undefined}
          onChange={(issuer) => setNames({ ...names, issuer })}
        />
        <TextField
          label={t('authenticator.account-name')}
          value={names.account}
          maxLength={100}
          autoComplete="off"
          optional
          onChange={(login) => setNames({ ...names, account: login })}
        />
      </form>
      <CodeFacts account={account} />
      {isRemoving && <RemoveDialog account={account} onClose={() => setIsRemoving(false)} />}
    </Screen>
  );
}

/** What the codes are like, for those who compare with what a service says. */
function CodeFacts({ account }: { account: CodeAccount }): ReactElement {
  const { t } = useTranslation();
  const { digits, algorithm } = account;
  return (
    <p className="muted">
      {account.type === 'totp'
        ? t('authenticator.facts-clock', { digits, seconds: account.stepSeconds, algorithm })
        : t('authenticator.facts-counted', { digits, algorithm })}
    </p>
  );
}

function RemoveDialog({ account, onClose }: { account: CodeAccount; onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const vault = useVault();
  const navigate = useNavigate();
  const say = useSay();
  const name = nameOf(account);
  const remove = async (): Promise<void> => {
    const undo = await vault.remove(account.id);
    await navigate('/codes', { replace: true });
    say({ text: t('authenticator.removed', { name }), undo });
  };
  return (
    <Dialog title={t('authenticator.remove-title', { name })} onClose={onClose}>
      <p>{t('authenticator.remove-consequence')}</p>
      <div className="actions">
        <Button look="danger" wide onClick={remove}>
          {t('authenticator.remove-action')}
        </Button>
        <Button look="quiet" wide onClick={onClose}>
          {t('ui.cancel')}
        </Button>
      </div>
    </Dialog>
  );
}
