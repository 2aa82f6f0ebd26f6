import { CodeField, PasswordField, TextField, useFocusOnMount } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldBinding } from '../forms/use-form.ts';

/** The field that fits what is asked for. */
export function ProofField({ method, field }: { method: string; field: FieldBinding }): ReactElement {
  const { t } = useTranslation('ceremony');
  const input = useFocusOnMount<HTMLInputElement>();
  switch (method) {
    case 'password':
      return (
        <PasswordField
          {...field}
          ref={input}
          label={t('ceremony.password')}
          autoComplete="current-password"
        />
      );
    case 'recovery-code':
      return (
        <TextField
          {...field}
          ref={input}
          className="input--recovery"
          label={t('ceremony.recovery-code')}
          hint={t('ceremony.recovery-code-hint')}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
        />
      );
    default:
      return (
        <CodeField
          {...field}
          ref={input}
          label={t('ceremony.code')}
          onFocus={(event) => event.currentTarget.select()}
        />
      );
  }
}
