import { TextArea } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { needs } from '../../../forms/checks.ts';
import { FormFrame } from '../../../forms/form-frame.tsx';
import { SubmitButton } from '../../../forms/submit-button.tsx';
import { useForm } from '../../../forms/use-form.ts';
import { suspendByCard } from './suspend.api.ts';

/** The code of the card: from its link, or typed from paper. */
export function SuspendByCard(props: {
  code: string;
  onDone: (until: string) => Promise<void>;
}): ReactElement {
  const { t } = useTranslation('suspend');
  const form = useForm({
    name: 'suspend-card',
    initial: { code: props.code },
    checks: { code: needs('code') },
    send: async ({ code }) => props.onDone((await suspendByCard(codeIn(code))).until),
  });
  return (
    <FormFrame form={form}>
      <TextArea
        {...form.field('code')}
        label={t('suspend.card-code')}
        hint={t('suspend.card-code-hint')}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        rows={2}
      />
      <SubmitButton state={form} look="danger">
        {t('suspend.submit')}
      </SubmitButton>
    </FormFrame>
  );
}

/** Also where the whole link was pasted. */
const codeIn = (text: string): string => text.slice(text.lastIndexOf('#') + 1).trim();
