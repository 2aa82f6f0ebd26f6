import type { ReadOtpauthKey } from '@sigillo/otp';
import { Button, buttonClass, ErrorSummary, Icon, PasswordField } from '@sigillo/ui';
import { type ChangeEvent, type FormEvent, type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { Screen } from '../app/screen.tsx';
import { ConfirmKeys } from '../keys/confirm-keys.tsx';
import {
  type ImportFault,
  ImportRefused,
  openExport,
  readSealedExport,
  type SealedExport,
} from './export-file.ts';

/** Larger than any export; read no further. */
const MAX_FILE_BYTES = 2 * 1024 * 1024;

/** Brings accounts back from an export: file, passphrase, a look at what is in it, and only then are they added. */
export default function ImportPage(): ReactElement {
  const navigate = useNavigate();
  const [sealed, setSealed] = useState<SealedExport>();
  const [keys, setKeys] = useState<ReadOtpauthKey[]>();
  const leave = (): void => void navigate('/settings');
  if (keys) return <ConfirmKeys key="confirm" found={{ keys, skipped: 0 }} onAgain={leave} />;
  if (sealed)
    return <OpenFile key="open" sealed={sealed} onOpened={setKeys} onBack={() => setSealed(undefined)} />;
  return <ChooseFile key="choose" onChosen={setSealed} />;
}

function ChooseFile({ onChosen }: { onChosen: (sealed: SealedExport) => void }): ReactElement {
  const { t } = useTranslation();
  const [fault, setFault] = useState<ImportFault>();
  const [attempt, setAttempt] = useState(0);
  const choose = async (event: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const input = event.currentTarget;
    const file = input.files?.[0];
    if (!file) return;
    const text = file.size > MAX_FILE_BYTES ? undefined : await file.text().catch(() => '');
    input.value = '';
    setAttempt(attempt + 1);
    try {
      if (text === undefined) throw new ImportRefused('too-large');
      onChosen(readSealedExport(text));
    } catch (error) {
      setFault(error instanceof ImportRefused ? error.fault : 'damaged');
    }
  };
  return (
    <Screen
      title={t('authenticator.import-title')}
      lead={t('authenticator.import-lead')}
      back="/settings"
      actions={
        <label className={`${buttonClass('primary', { wide: true })} file-button`}>
          <Icon name="upload" />
          <span>{t('authenticator.choose-file')}</span>
          <input type="file" accept="application/json,.json" onChange={choose} />
        </label>
      }
    >
      {fault && <ErrorSummary title={t(`authenticator.import-${fault}`)} attempt={attempt} />}
    </Screen>
  );
}

interface OpenFileProps {
  sealed: SealedExport;
  onOpened: (keys: ReadOtpauthKey[]) => void;
  onBack: () => void;
}

function OpenFile({ sealed, onOpened, onBack }: OpenFileProps): ReactElement {
  const { t } = useTranslation();
  const [passphrase, setPassphrase] = useState('');
  const [fault, setFault] = useState<ImportFault>();
  const [attempt, setAttempt] = useState(0);
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    try {
      onOpened(await openExport(sealed, passphrase));
    } catch (error) {
      setFault(error instanceof ImportRefused ? error.fault : 'damaged');
      setAttempt(attempt + 1);
      setBusy(false);
    }
  };
  return (
    <Screen
      title={t('authenticator.open-title')}
      lead={t('authenticator.open-lead')}
      onBack={onBack}
      actions={
        <Button look="primary" wide type="submit" form="open" busy={isBusy}>
          {t('authenticator.open-action')}
        </Button>
      }
    >
      {fault && <ErrorSummary title={t(`authenticator.import-${fault}`)} attempt={attempt} />}
      <form className="form" id="open" onSubmit={submit} noValidate>
        <PasswordField
          label={t('authenticator.passphrase')}
          value={passphrase}
          autoComplete="current-password"
          onChange={setPassphrase}
        />
      </form>
    </Screen>
  );
}
