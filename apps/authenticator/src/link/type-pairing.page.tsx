import { PAIRING_CODE, readTypedCode, writeTypedCode } from '@sigillo/device-protocol';
import { Button, TextField } from '@sigillo/ui';
import { type FormEvent, type ReactElement, useState } from 'react';
import { useNavigate } from 'react-router';
import { Screen } from '../app/screen.tsx';
import type { ScannedPairing } from './scanned-pairing.ts';
import { useLinkTexts } from './use-link-texts.ts';

/** The code beside the QR code of an account page, for who cannot scan it. */
export default function TypePairingPage(): ReactElement {
  const { t } = useLinkTexts();
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const [hasTried, setHasTried] = useState(false);
  const code = readTypedCode(typed, PAIRING_CODE);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setHasTried(true);
    if (!code) return document.getElementById('pairing-code')?.focus();
    const pairing: ScannedPairing = { code, issuerKey: null };
    await navigate('/link', { state: { pairing } });
  };
  return (
    <Screen
      title={t('linked.type-title')}
      lead={t('linked.type-lead')}
      back="/link"
      actions={
        <Button look="primary" wide type="submit" form="pairing">
          {t('linked.next')}
        </Button>
      }
    >
      <form className="form" id="pairing" onSubmit={submit} noValidate>
        <TextField
          id="pairing-code"
          className="input--recovery"
          label={t('linked.type-code')}
          hint={t('linked.type-hint')}
          value={typed}
          maxLength={64}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          error={hasTried && !code ? t('linked.type-wrong') : undefined}
          onBlur={() => code && setTyped(writeTypedCode(code, PAIRING_CODE))}
          onChange={setTyped}
        />
      </form>
    </Screen>
  );
}
