import { readTypedCode, SAME_DEVICE_CODE } from '@sigillo/device-protocol';
import { Button, TextField, useFocusOnMount } from '@sigillo/ui';
import { type FormEvent, type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { Screen } from '../app/screen.tsx';
import { useLinkedAccounts } from '../linked/use-linked-accounts.ts';
import type { Scanned } from './scanned.ts';
import { Unlinked } from './unlinked.tsx';

/** Signing in without a camera: the nine symbols that the sign-in page shows. */
export default function TypeCodePage(): ReactElement | null {
  const accounts = useLinkedAccounts();
  if (!accounts) return null;
  if (accounts.every(({ state }) => state !== 'ready')) return <Unlinked issuer={undefined} />;
  return <TypeCode />;
}

function TypeCode(): ReactElement {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const field = useFocusOnMount<HTMLInputElement>();
  const [typed, setTyped] = useState('');
  const [isFaulty, setIsFaulty] = useState(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const code = readTypedCode(typed, SAME_DEVICE_CODE);
    setIsFaulty(code === undefined);
    if (code === undefined) return field.current?.focus();
    const scanned: Scanned = { code };
    await navigate('/sign-in', { state: scanned });
  };
  return (
    <Screen
      title={t('requests.type-code')}
      lead={t('requests.type-lead')}
      back="/scan"
      actions={
        <Button look="primary" wide type="submit" form="sign-in-code">
          {t('requests.continue')}
        </Button>
      }
    >
      <form className="form" id="sign-in-code" onSubmit={submit} noValidate>
        <TextField
          ref={field}
          className="input--typed-code"
          label={t('requests.code')}
          hint={t('requests.code-hint')}
          value={typed}
          maxLength={32}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          error={isFaulty ? t('requests.code-fault') : undefined}
          onChange={setTyped}
        />
      </form>
    </Screen>
  );
}
