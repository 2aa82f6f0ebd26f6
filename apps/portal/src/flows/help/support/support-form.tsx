import { Button, SelectField, TextArea, TextField } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { RelyingPartyView } from '../../../api/contract.ts';
import { emailAddress, needs } from '../../../forms/checks.ts';
import { FormFrame } from '../../../forms/form-frame.tsx';
import { useForm } from '../../../forms/use-form.ts';
import { contactSupport, type SupportTopic } from './support.api.ts';

const TOPICS: readonly SupportTopic[] = ['sign-in', 'second-factor', 'registration', 'other'];

interface SupportFormProps {
  relyingParty: RelyingPartyView | null;
  interaction: string | null;
  email: string;
  /** Known to the portal the holder comes from. */
  caseNumber: string;
  onSent: (reference: string) => void;
}

/** What a person needs to help: who writes, about what, under which number. */
export function SupportForm(props: SupportFormProps): ReactElement {
  const { relyingParty, interaction, onSent } = props;
  const { t } = useTranslation('support');
  const form = useForm({
    name: 'support',
    initial: {
      topic: 'sign-in' as string,
      email: props.email,
      name: '',
      caseNumber: props.caseNumber,
      message: '',
    },
    checks: { email: emailAddress, message: needs('message') },
    keep: ['topic', 'email', 'name', 'caseNumber', 'message'],
    send: async ({ topic, name, caseNumber, ...values }) =>
      onSent(
        await contactSupport({
          ...values,
          email: values.email.trim(),
          topic: TOPICS.find((known) => known === topic) ?? 'other',
          ...(name.trim() && { name: name.trim() }),
          ...(caseNumber.trim() && { caseNumber: caseNumber.trim() }),
          ...(interaction && { interaction }),
        }),
      ),
  });
  const { error: _error, onChange, ...topic } = form.field('topic');

  return (
    <FormFrame form={form}>
      <SelectField
        {...topic}
        label={t('support.topic')}
        options={TOPICS.map((value) => ({ value, label: t(`support.topic-${value}`) }))}
        onChange={onChange}
      />
      <TextField
        {...form.field('email')}
        label={t('support.email')}
        hint={t('support.email-hint')}
        type="email"
        inputMode="email"
        autoComplete="email"
      />
      <TextField {...form.field('name')} label={t('support.name')} autoComplete="name" optional />
      <TextField
        {...form.field('caseNumber')}
        label={t(`support.number-${relyingParty?.caseNumberLabel ?? 'case'}`)}
        hint={t('support.number-hint')}
        autoComplete="off"
        optional
      />
      <TextArea {...form.field('message')} label={t('support.message')} hint={t('support.message-hint')} />
      <Button look="primary" wide type="submit" busy={form.busy} unavailable={form.waitSeconds > 0}>
        {t('support.submit')}
      </Button>
    </FormFrame>
  );
}
