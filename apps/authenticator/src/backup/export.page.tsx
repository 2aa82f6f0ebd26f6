import { Button, EmptyState, Notice, Outcome, PasswordField } from '@sigillo/ui';
import { type FormEvent, type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { Screen } from '../app/screen.tsx';
import { useAccounts, useVault } from '../vault/use-accounts.ts';
import type { Vault } from '../vault/vault.ts';
import { MIN_PASSPHRASE_LENGTH, writeExport } from './export-file.ts';
import { saveFile } from './save-file.ts';

/** A copy of all accounts in a file that a passphrase opens. */
export default function ExportPage(): ReactElement | null {
  const { t } = useTranslation();
  const count = useAccounts()?.length;
  const [savedAs, setSavedAs] = useState<string>();
  if (count === undefined) return null;
  if (savedAs) return <Exported key="done" fileName={savedAs} />;
  if (count > 0) return <ExportForm count={count} onSaved={setSavedAs} />;
  return (
    <Screen title={t('authenticator.export-title')} back="/settings">
      <EmptyState icon="key">{t('authenticator.export-empty')}</EmptyState>
    </Screen>
  );
}

function ExportForm({ count, onSaved }: { count: number; onSaved: (name: string) => void }): ReactElement {
  const { t } = useTranslation();
  const vault = useVault();
  const [passphrase, setPassphrase] = useState('');
  const [repeated, setRepeated] = useState('');
  const [hasTried, setHasTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const isShort = passphrase.length < MIN_PASSPHRASE_LENGTH;
  const isDifferent = passphrase !== repeated;

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setHasTried(true);
    if (isShort || isDifferent) return document.getElementById(isShort ? 'passphrase' : 'repeated')?.focus();
    setBusy(true);
    const name = `sigillo-${new Date().toISOString().slice(0, 10)}.json`;
    saveFile(name, await writeExport(await everyKey(vault), passphrase));
    onSaved(name);
  };
  return (
    <Screen
      title={t('authenticator.export-title')}
      lead={t('authenticator.export-lead', { count })}
      back="/settings"
      actions={
        <Button look="primary" wide type="submit" form="export" busy={isBusy}>
          {t('authenticator.export-action')}
        </Button>
      }
    >
      <form className="form" id="export" onSubmit={submit} noValidate>
        <PasswordField
          id="passphrase"
          label={t('authenticator.passphrase')}
          hint={t('authenticator.passphrase-hint', { length: MIN_PASSPHRASE_LENGTH })}
          value={passphrase}
          autoComplete="new-password"
          error={
            hasTried && isShort
              ? t('authenticator.passphrase-short', { length: MIN_PASSPHRASE_LENGTH })
              : undefined
          }
          onChange={setPassphrase}
        />
        <PasswordField
          id="repeated"
          label={t('authenticator.passphrase-repeat')}
          value={repeated}
          autoComplete="new-password"
          error={hasTried && isDifferent ? t('authenticator.passphrase-different') : undefined}
          onChange={setRepeated}
        />
      </form>
      <Notice>{t('authenticator.export-warning')}</Notice>
    </Screen>
  );
}

function Exported({ fileName }: { fileName: string }): ReactElement {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <Screen
      title={t('authenticator.exported-title')}
      lead={t('authenticator.exported-lead', { fileName })}
      actions={
        <Button look="primary" wide onClick={() => navigate('/settings')}>
          {t('authenticator.done')}
        </Button>
      }
    >
      <Outcome icon="check-circle" />
    </Screen>
  );
}

async function everyKey(vault: Vault) {
  const accounts = await vault.list();
  return Promise.all(
    accounts.map(async ({ id, ...details }) => ({ ...details, seed: await vault.seedOf(id) })),
  );
}
