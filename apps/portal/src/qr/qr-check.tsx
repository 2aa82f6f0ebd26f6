import { CodeField, useFocusOnMount } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { sixDigits } from '../forms/checks.ts';
import { FormFrame } from '../forms/form-frame.tsx';
import { SubmitButton } from '../forms/submit-button.tsx';
import { useForm } from '../forms/use-form.ts';

/** Shows that whoever confirmed in the app is in front of this page: the app says six digits, typed here. */
export function QrCheck({ onCheck }: { onCheck: (digits: string) => Promise<void> }): ReactElement {
  const { t } = useTranslation('qr');
  const input = useFocusOnMount<HTMLInputElement>();
  const form = useForm({
    name: 'qr-check',
    initial: { code: '' },
    checks: { code: sixDigits },
    forget: ['code'],
    send: ({ code }) => onCheck(code),
  });
  return (
    <FormFrame form={form}>
      <p>{t('qr.check')}</p>
      <CodeField {...form.field('code')} ref={input} label={t('qr.check-code')} />
      <SubmitButton state={form}>{t('qr.check-action')}</SubmitButton>
    </FormFrame>
  );
}
