import { nowMs, SelectField, TextArea, TextField } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { Page } from '../../../app/page.tsx';
import { FileField } from '../../../files/file-field.tsx';
import { FormFrame } from '../../../forms/form-frame.tsx';
import { SubmitButton } from '../../../forms/submit-button.tsx';
import { useForm } from '../../../forms/use-form.ts';
import { useStepUp } from '../../../step-up/step-up.tsx';
import { ARRIVED_CHECKS, WAYS } from './arrived.ts';
import { registerReport } from './cases.api.ts';

const todayInRome = (): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Rome' }).format(new Date(nowMs()));

/** A copy of a holder's report to the authorities, within the days of the suspension they asked for. */
export function NewReportPage(): ReactElement {
  const { t } = useTranslation('cases');
  const navigate = useNavigate();
  const withProof = useStepUp();
  const form = useForm({
    name: 'new-report',
    initial: { holder: '', receivedBy: 'certified-mail', receivedOn: todayInRome(), verified: '', form: '' },
    checks: ARRIVED_CHECKS,
    send: async ({ form: _, ...values }) => {
      const { id } = await withProof((approval) => registerReport(values, approval));
      navigate(`/console/cases/${id}`);
    },
  });
  return (
    <Page title={t('cases.new-report')} lead={t('cases.new-report-lead')}>
      <section className="card">
        <FormFrame form={form}>
          <TextField {...form.field('holder')} label={t('cases.fact-holder')} autoComplete="off" />
          <SelectField
            {...form.field('receivedBy')}
            label={t('cases.fact-receivedby')}
            options={WAYS.map((one) => ({ value: one, label: t(`cases.value-${one}`) }))}
          />
          <TextField {...form.field('receivedOn')} label={t('cases.fact-receivedon')} type="date" />
          <TextArea {...form.field('verified')} label={t('cases.fact-verified')} maxLength={500} />
          <FileField
            id={form.field('form').id}
            error={form.field('form').error}
            label={t('cases.file-report')}
            path="/console/revocation-requests/form"
            onDone={(isThere) => form.change({ form: isThere ? 'sent' : '' })}
          />
          <SubmitButton state={form}>{t('cases.register-report')}</SubmitButton>
        </FormFrame>
      </section>
    </Page>
  );
}
