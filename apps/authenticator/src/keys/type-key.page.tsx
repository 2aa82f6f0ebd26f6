import { Button, ErrorSummary, Icon, SelectField, TextField } from '@sigillo/ui';
import { type FormEvent, type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useSay } from '../app/announcements.tsx';
import { Screen } from '../app/screen.tsx';
import { askToKeepStorage } from '../vault/keep-storage.ts';
import { useVault } from '../vault/use-accounts.ts';
import { EMPTY_KEY, readTypedKey, type TypedKey, type TypedKeyFault } from './typed-key.ts';

const ALGORITHMS = (['SHA-1', 'SHA-256', 'SHA-512'] as const).map((value) => ({ value, label: value }));
const DIGITS = (['6', '7', '8'] as const).map((value) => ({ value, label: value }));

/** Adding an account by typing what a service shows beside its QR code. */
export default function TypeKeyPage(): ReactElement {
  const { t } = useTranslation();
  const vault = useVault();
  const navigate = useNavigate();
  const say = useSay();
  const [typed, setTyped] = useState(EMPTY_KEY);
  const [attempt, setAttempt] = useState(0);
  const [hasRepeated, setHasRepeated] = useState(false);
  const read = readTypedKey(typed);
  const faults = attempt > 0 && Array.isArray(read) ? read : [];

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setAttempt(attempt + 1);
    if (Array.isArray(read)) return;
    const count = await vault.add([read]);
    if (count === 0) return setHasRepeated(true);
    await navigate('/codes');
    say({ text: t('authenticator.added', { count }) });
    askToKeepStorage();
  };
  const problem = (fault: TypedKeyFault): string => t(`authenticator.fault-${fault.toLowerCase()}`);
  return (
    <Screen
      title={t('authenticator.type-title')}
      lead={t('authenticator.type-lead')}
      back="/scan"
      actions={
        <Button look="primary" wide type="submit" form="key">
          {t('authenticator.add')}
        </Button>
      }
    >
      {(faults.length > 0 || hasRepeated) && (
        <ErrorSummary
          title={faults.length > 0 ? t('authenticator.check-fields') : t('authenticator.all-known_one')}
          errors={faults.map((fault) => ({ fieldId: `key-${fault}`, message: problem(fault) }))}
          attempt={attempt}
        />
      )}
      <form className="form" id="key" onSubmit={submit} noValidate>
        <KeyFields
          typed={typed}
          faults={new Map(faults.map((fault) => [fault, problem(fault)]))}
          onChange={(change) => {
            setHasRepeated(false);
            setTyped({ ...typed, ...change });
          }}
        />
      </form>
    </Screen>
  );
}

interface FieldsProps {
  typed: TypedKey;
  faults: ReadonlyMap<TypedKeyFault, string>;
  onChange: (change: Partial<TypedKey>) => void;
}

function KeyFields({ typed, faults, onChange }: FieldsProps): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      <TextField
        id="key-issuer"
        label={t('authenticator.issuer')}
        hint={t('authenticator.issuer-hint')}
        value={typed.issuer}
        maxLength={100}
        autoComplete="off"
        error={faults.get('issuer')}
        onChange={(issuer) => onChange({ issuer })}
      />
      <TextField
        label={t('authenticator.account-name')}
        value={typed.account}
        maxLength={100}
        autoComplete="off"
        autoCapitalize="none"
        optional
        onChange={(account) => onChange({ account })}
      />
      <TextField
        id="key-key"
        className="mono"
        label={t('authenticator.key')}
        hint={t('authenticator.key-hint')}
        value={typed.key}
        autoComplete="off"
        autoCapitalize="characters"
        autoCorrect="off"
        spellCheck={false}
        error={faults.get('key')}
        onChange={(key) => onChange({ key })}
      />
      <details className="question" open={faults.has('stepSeconds') || faults.has('counter') || undefined}>
        <summary>
          {t('authenticator.advanced')}
          <Icon name="chevron-down" />
        </summary>
        <AdvancedFields typed={typed} faults={faults} onChange={onChange} />
      </details>
    </>
  );
}

function AdvancedFields({ typed, faults, onChange }: FieldsProps): ReactElement {
  const { t } = useTranslation();
  const types = [
    { value: 'totp' as const, label: t('authenticator.type-clock') },
    { value: 'hotp' as const, label: t('authenticator.type-counted') },
  ];
  return (
    <div className="form">
      <p className="muted">{t('authenticator.advanced-hint')}</p>
      <SelectField
        label={t('authenticator.type')}
        value={typed.type}
        options={types}
        onChange={(type) => onChange({ type })}
      />
      <SelectField
        label={t('authenticator.digits')}
        value={typed.digits}
        options={DIGITS}
        onChange={(digits) => onChange({ digits })}
      />
      {typed.type === 'totp' ? (
        <TextField
          id="key-stepSeconds"
          label={t('authenticator.seconds')}
          inputMode="numeric"
          value={typed.stepSeconds}
          error={faults.get('stepSeconds')}
          onChange={(stepSeconds) => onChange({ stepSeconds })}
        />
      ) : (
        <TextField
          id="key-counter"
          label={t('authenticator.counter')}
          inputMode="numeric"
          value={typed.counter}
          error={faults.get('counter')}
          onChange={(counter) => onChange({ counter })}
        />
      )}
      <SelectField
        label={t('authenticator.algorithm')}
        value={typed.algorithm}
        options={ALGORITHMS}
        onChange={(algorithm) => onChange({ algorithm })}
      />
    </div>
  );
}
