import { SelectField, TextArea, TextField } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { Page } from '../../../app/page.tsx';
import { FileField } from '../../../files/file-field.tsx';
import { FormFrame } from '../../../forms/form-frame.tsx';
import { SubmitButton } from '../../../forms/submit-button.tsx';
import { useForm } from '../../../forms/use-form.ts';
import { ARRIVED_CHECKS, isProven, WAYS } from './arrived.ts';
import { requestRevocation } from './cases.api.ts';

const CAUSES = ['holder-request', 'death', 'legal-person-extinct', 'illicit-use'];

/** A request to revoke that arrived: the form as it came, and how it was verified who asks. */
export function NewRevocationPage(): ReactElement {
  const { t } = useTranslation('cases');
  const navigate = useNavigate();
  const form = useForm({
    name: 'new-revocation',
    initial: { holder: '', cause: 'holder-request', receivedBy: 'certified-mail', verified: '', form: '' },
    checks: ARRIVED_CHECKS,
    send: async ({ form: _, ...values }) => {
      const { id } = await requestRevocation(values);
      navigate(`/console/cases/${id}`);
    },
  });
  const select = (name: 'cause' | 'receivedBy', options: string[]): ReactElement => (
    <SelectField
      id={form.field(name).id}
      label={t(`cases.fact-${name.toLowerCase()}`)}
      value={form.values[name]}
      options={options.map((one) => ({ value: one, label: t(`cases.value-${one}`) }))}
      onChange={(value) => form.change({ [name]: value })}
    />
  );
  const isDocumented = isProven(form.values.cause);
  return (
    <Page title={t('cases.new-revocation')} lead={t('cases.new-revocation-lead')}>
      <section className="card">
        <FormFrame form={form}>
          <TextField {...form.field('holder')} label={t('cases.fact-holder')} autoComplete="off" />
          {select('cause', CAUSES)}
          {select('receivedBy', WAYS)}
          <TextArea
            {...form.field('verified')}
            label={t('cases.fact-verified')}
            hint={isDocumented ? t('cases.verified-documents') : undefined}
            maxLength={500}
          />
          <FileField
            id={form.field('form').id}
            label={t(isDocumented ? 'cases.file-proof' : 'cases.file-form')}
            error={form.field('form').error}
            path="/console/revocation-requests/form"
            onDone={(isThere) => form.change({ form: isThere ? 'sent' : '' })}
          />
          <SubmitButton state={form}>{t('cases.open-case')}</SubmitButton>
        </FormFrame>
      </section>
    </Page>
  );
}
