import { SelectField } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { FormFrame } from '../../../forms/form-frame.tsx';
import { SubmitButton } from '../../../forms/submit-button.tsx';
import { useForm } from '../../../forms/use-form.ts';
import { toClient, valuesOf } from './client-values.ts';
import { PolicyFields } from './policy-fields.tsx';
import type { ClientView, RehearsedDays, Rule } from './relying-parties.api.ts';

const DAYS: readonly RehearsedDays[] = [7, 30, 90];

interface RehearsalFormProps {
  client: ClientView;
  isUnderWay: boolean;
  onSend: (rule: Rule, days: RehearsedDays) => Promise<void>;
}

/** The rule as it is, to be changed into the one that is tried out. */
export function RehearsalForm({ client, isUnderWay, onSend }: RehearsalFormProps): ReactElement {
  const { t } = useTranslation('relying-parties');
  const form = useForm({
    name: `rehearsal-${client.clientId}`,
    initial: { ...valuesOf(client), days: '30' },
    checks: { methods: (value) => (value === '' ? 'relying-parties.methods-needed' : undefined) },
    send: ({ days, ...values }) => onSend(toClient(values).policy, Number(days) as RehearsedDays),
  });
  const { error: _error, ...days } = form.field('days');
  return (
    <FormFrame form={form}>
      <PolicyFields form={form} />
      <SelectField<string>
        {...days}
        label={t('relying-parties.days')}
        options={DAYS.map((count) => ({
          value: String(count),
          label: t('relying-parties.days-of', { count }),
        }))}
      />
      <SubmitButton state={{ ...form, busy: form.busy || isUnderWay }}>
        {t('relying-parties.rehearse-now')}
      </SubmitButton>
    </FormFrame>
  );
}
