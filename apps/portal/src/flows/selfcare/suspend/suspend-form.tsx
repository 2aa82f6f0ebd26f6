import { nowMs, readersLocale, SelectField, TextField } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { FormFrame } from '../../../forms/form-frame.tsx';
import { SubmitButton } from '../../../forms/submit-button.tsx';
import { type Form, useForm } from '../../../forms/use-form.ts';
import { useStepUp } from '../../../step-up/step-up.tsx';
import { type SuspensionWish, suspendAccount } from './suspend.api.ts';

const REASONS: readonly SuspensionWish['reason'][] = ['lost-phone', 'suspected-misuse', 'other'];
const LONGEST_DAYS = 30;
const DAY_MS = 24 * 60 * 60 * 1000;

type Values = Record<'reason' | 'days', string>;

/** Why, for how long, what follows from it; then the button that does it. */
export function SuspendForm(): ReactElement {
  const { t } = useTranslation('suspend');
  const form = useSuspendForm();
  const { error: _error, ...reason } = form.field('reason');
  return (
    <section className="card">
      <h2>{t('suspend.form-title')}</h2>
      <FormFrame form={form}>
        <SelectField
          {...reason}
          label={t('suspend.reason')}
          options={REASONS.map((value) => ({ value, label: t(`suspend.reason-${value}`) }))}
        />
        <TextField
          {...form.field('days')}
          label={t('suspend.days')}
          hint={<Until days={daysOf(form.values.days)} />}
          inputMode="numeric"
          autoComplete="off"
        />
        <Consequences isLost={form.values.reason === 'lost-phone'} />
        <SubmitButton state={form} look="danger">
          {t('suspend.submit')}
        </SubmitButton>
      </FormFrame>
    </section>
  );
}

/** The day on which it ends by itself. */
function Until({ days }: { days: number | undefined }): ReactElement {
  const { t, i18n } = useTranslation('suspend');
  if (days === undefined) return <>{t('suspend.days-hint')}</>;
  const format = new Intl.DateTimeFormat(readersLocale(i18n.language), { dateStyle: 'full' });
  return <>{t('suspend.until', { date: format.format(new Date(nowMs() + days * DAY_MS)) })}</>;
}

/** What follows, in plain words, before the button. */
function Consequences({ isLost }: { isLost: boolean }): ReactElement {
  const { t } = useTranslation('suspend');
  const names = ['sessions', 'sign-in', 'identity', isLost ? 'apps-lost' : 'apps', 'end'];
  return (
    <div className="stack stack--tight">
      <h3>{t('suspend.consequences')}</h3>
      <ul className="bullets">
        {names.map((name) => (
          <li key={name}>{t(`suspend.consequence-${name}`)}</li>
        ))}
      </ul>
    </div>
  );
}

function useSuspendForm(): Form<Values> {
  const withProof = useStepUp();
  const navigate = useNavigate();
  return useForm<Values>({
    name: 'suspend',
    initial: { reason: 'lost-phone', days: String(LONGEST_DAYS) },
    checks: { days: (value) => (daysOf(value) === undefined ? 'suspend.days-wrong' : undefined) },
    send: async ({ reason, days }) => {
      const wish = {
        reason: REASONS.find((known) => known === reason) ?? 'other',
        days: daysOf(days) ?? LONGEST_DAYS,
      };
      const receipt = await withProof((operation) => suspendAccount(wish, operation));
      await navigate('/suspended', { state: receipt, replace: true });
    },
  });
}

/** Whole days, 1 to 30; undefined for anything else. */
function daysOf(text: string): number | undefined {
  const trimmed = text.trim();
  const days = /^\d{1,2}$/.test(trimmed) ? Number(trimmed) : 0;
  return days >= 1 && days <= LONGEST_DAYS ? days : undefined;
}
