import { SelectField, TextArea, TextField } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { RelyingPartyView } from '../../../api/contract.ts';
import { emailAddress, needs } from '../../../forms/checks.ts';
import { dropDraft } from '../../../forms/drafts.ts';
import { FormFrame } from '../../../forms/form-frame.tsx';
import { SubmitButton } from '../../../forms/submit-button.tsx';
import { type Form, useForm } from '../../../forms/use-form.ts';
import { contactSupport, type SupportMessage, type SupportTopic } from './support.api.ts';

const TOPICS: readonly SupportTopic[] = ['sign-in', 'second-factor', 'registration', 'other'];

interface SupportFormProps {
  relyingParty: RelyingPartyView | null;
  interaction: string | null;
  email: string;
  /** Known to the portal the holder comes from. */
  caseNumber: string;
  onSent: (reference: string) => void;
}

type SupportValues = Record<'topic' | 'email' | 'name' | 'caseNumber' | 'message', string>;

/** What a person needs to help: who writes, about what, under which number. */
export function SupportForm(props: SupportFormProps): ReactElement {
  const { t } = useTranslation('support');
  const form = useSupportForm(props);
  const { error: _error, ...topic } = form.field('topic');
  return (
    <FormFrame form={form}>
      <SelectField
        {...topic}
        label={t('support.topic')}
        options={TOPICS.map((value) => ({ value, label: t(`support.topic-${value}`) }))}
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
        label={t(`support.number-${props.relyingParty?.caseNumberLabel ?? 'case'}`)}
        hint={t('support.number-hint')}
        autoComplete="off"
        optional
      />
      <TextArea {...form.field('message')} label={t('support.message')} hint={t('support.message-hint')} />
      <SubmitButton state={form}>{t('support.submit')}</SubmitButton>
    </FormFrame>
  );
}

function useSupportForm({ email, caseNumber, interaction, onSent }: SupportFormProps): Form<SupportValues> {
  return useForm<SupportValues>({
    name: 'support',
    initial: { topic: 'sign-in', email, name: '', caseNumber, message: '' },
    checks: { email: emailAddress, message: needs('message') },
    keep: ['topic', 'email', 'name', 'caseNumber', 'message'],
    send: async (values) => {
      const message = {
        ...trimmed(values),
        topic: TOPICS.find((known) => known === values.topic) ?? 'other',
        ...(interaction && { interaction }),
      };
      const reference = await contactSupport(message);
      dropDraft('support');
      onSent(reference);
    },
  });
}

/** Without spaces around what was typed, and without the optional fields that were left empty. */
function trimmed({ email, name, caseNumber, message }: SupportValues): Omit<SupportMessage, 'topic'> {
  return {
    email: email.trim(),
    message,
    ...(name.trim() && { name: name.trim() }),
    ...(caseNumber.trim() && { caseNumber: caseNumber.trim() }),
  };
}
