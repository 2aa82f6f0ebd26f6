import { CodeField, Notice, TextField } from '@sigillo/ui';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { needs } from '../../../forms/checks.ts';
import { FormFrame } from '../../../forms/form-frame.tsx';
import { SubmitButton } from '../../../forms/submit-button.tsx';
import { useForm } from '../../../forms/use-form.ts';
import { confirmSuspension, requestSuspension } from './suspend.api.ts';

/** By user id and a code to the number of the account: first asks for it, then for the code. */
export function SuspendByPhone({ onDone }: { onDone: (until: string) => Promise<void> }): ReactElement {
  const [request, setRequest] = useState<string>();
  return request === undefined ? (
    <AskForCode onAsked={setRequest} />
  ) : (
    <TypeCode request={request} onDone={onDone} />
  );
}

function AskForCode({ onAsked }: { onAsked: (request: string) => void }): ReactElement {
  const { t } = useTranslation('suspend');
  const form = useForm({
    name: 'suspend-phone',
    initial: { identifier: '' },
    checks: { identifier: needs('identifier') },
    send: async ({ identifier }) => onAsked(await requestSuspension(identifier.trim())),
  });
  return (
    <FormFrame form={form}>
      <TextField
        {...form.field('identifier')}
        label={t('suspend.identifier')}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
      />
      <SubmitButton state={form}>{t('suspend.send-code')}</SubmitButton>
    </FormFrame>
  );
}

interface TypeCodeProps {
  request: string;
  onDone: (until: string) => Promise<void>;
}

function TypeCode({ request, onDone }: TypeCodeProps): ReactElement {
  const { t } = useTranslation('suspend');
  const form = useForm({
    name: 'suspend-code',
    initial: { code: '' },
    checks: { code: needs('code') },
    forget: ['code'],
    send: async ({ code }) => onDone((await confirmSuspension(request, code)).until),
  });
  return (
    <FormFrame form={form}>
      <Notice live>{t('suspend.code-sent')}</Notice>
      <CodeField {...form.field('code')} label={t('suspend.code')} />
      <SubmitButton state={form} look="danger">
        {t('suspend.submit')}
      </SubmitButton>
    </FormFrame>
  );
}
