import { Stepper, TextField, useFocusOnMount } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../api/contract.ts';
import { Task } from '../../../app/task.tsx';
import { emailAddress } from '../../../forms/checks.ts';
import { FormFrame } from '../../../forms/form-frame.tsx';
import { emptyPhone, PhoneInput, possiblePhone } from '../../../forms/phone-input.tsx';
import { SubmitButton } from '../../../forms/submit-button.tsx';
import { useForm } from '../../../forms/use-form.ts';
import { type ContactKind, nameAddress } from './contacts.api.ts';

interface NewContactProps {
  kind: ContactKind;
  ceremony: string;
  onNamed: (named: Answer<'nameNewContact'> & { address: string }) => void;
}

/** The new address or number; a code is sent to it. */
export function NewContact(props: NewContactProps): ReactElement {
  const { t } = useTranslation('contacts');
  return (
    <>
      <Stepper step={2} of={3} task={t(`contacts.change-${props.kind}`)} />
      <Task key="new" title={t(`contacts.new-${props.kind}`)} lead={t(`contacts.new-${props.kind}-lead`)}>
        {props.kind === 'email' ? <EmailForm {...props} /> : <PhoneForm {...props} />}
      </Task>
    </>
  );
}

function EmailForm({ ceremony, onNamed }: NewContactProps): ReactElement {
  const { t } = useTranslation('contacts');
  const input = useFocusOnMount<HTMLInputElement>();
  const form = useForm({
    name: 'new-email',
    initial: { email: '' },
    checks: { email: emailAddress },
    keep: ['email'],
    send: async ({ email }) =>
      onNamed({ ...(await nameAddress(ceremony, email.trim())), address: email.trim() }),
  });
  return (
    <FormFrame form={form}>
      <TextField
        {...form.field('email')}
        ref={input}
        type="email"
        inputMode="email"
        autoComplete="email"
        label={t('contacts.email')}
      />
      <SubmitButton state={form}>{t('contacts.send')}</SubmitButton>
    </FormFrame>
  );
}

function PhoneForm({ ceremony, onNamed }: NewContactProps): ReactElement {
  const { t } = useTranslation('contacts');
  const form = useForm({
    name: 'new-phone',
    initial: emptyPhone(),
    checks: { phone: possiblePhone },
    keep: ['phone', 'phoneTyped', 'phoneCountry'],
    send: async ({ phone }) => onNamed({ ...(await nameAddress(ceremony, phone)), address: phone }),
  });
  return (
    <FormFrame form={form}>
      <PhoneInput
        field={form.field('phone')}
        values={form.values}
        onChange={form.change}
        label={t('contacts.phone')}
      />
      <SubmitButton state={form}>{t('contacts.send')}</SubmitButton>
    </FormFrame>
  );
}
