import { Button, buttonClass, SelectField, TextArea, TextField } from '@sigillo/ui';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { isProblem } from '../../../api/api-problem.ts';
import { Page } from '../../../app/page.tsx';
import { queryClient } from '../../../app/query-client.ts';
import { Loaded } from '../../../area/loaded.tsx';
import { FormFrame } from '../../../forms/form-frame.tsx';
import { type Form, useForm } from '../../../forms/use-form.ts';
import { useStepUp } from '../../../step-up/step-up.tsx';
import { FileClosed } from './holder-file.page.tsx';
import { type HolderFileView, type SuspensionWish, suspendHolder } from './holders.api.ts';
import { useHolderFile } from './use-holder-file.ts';
import { CallerCheck } from './verify-caller.tsx';

const CAUSES: readonly SuspensionWish['cause'][] = ['holder-request', 'lost-credential', 'suspected-abuse'];
const ORIGINS = ['caller-verified', 'certified-mail', 'qualified-signature'] as const;
const LONGEST_DAYS = 30;
const SHORTEST_REASON = 10;

type Values = Record<'cause' | 'origin' | 'days' | 'reason', string>;

/** Suspending a holder's account: why, by what the request is known to be theirs, what follows from it. */
export function SuspendHolderPage(): ReactElement {
  const { t } = useTranslation('holders');
  const { file = '' } = useParams();
  const query = useHolderFile(file);
  if (isProblem(query.error, 'holder-file-closed')) return <FileClosed />;
  const userId = query.data?.userId ?? '';
  return (
    <Page title={t('holders.suspend-title', { userId })} lead={t('holders.suspend-lead')}>
      <Loaded query={query}>{(holder) => <SuspendForm holder={holder} />}</Loaded>
    </Page>
  );
}

function SuspendForm({ holder }: { holder: HolderFileView }): ReactElement {
  const { t } = useTranslation('holders');
  const [check, setCheck] = useState<string>();
  const hasApp = holder.devices.some(({ state }) => state === 'active');
  const form = useSuspendForm(holder.file, hasApp, check);
  const isAsked = form.values.cause !== 'suspected-abuse';
  return (
    <section className="card">
      <FormFrame form={form}>
        <Choice form={form} name="cause" options={CAUSES} />
        {isAsked && <Request form={form} file={holder.file} hasApp={hasApp} onConfirmed={setCheck} />}
        <TextArea
          {...form.field('reason')}
          label={t('holders.suspend-reason')}
          hint={t(isAsked ? 'holders.suspend-reason-asked' : 'holders.suspend-reason-noticed')}
          maxLength={300}
        />
        <Consequences cause={form.values.cause} />
        <div className="button-row">
          <Button look="danger" type="submit" busy={form.busy} unavailable={form.waitSeconds > 0}>
            {t('holders.suspend-action')}
          </Button>
          <Link className={buttonClass('quiet')} to={`/console/holders/${holder.file}`}>
            {t('holders.suspend-not')}
          </Link>
        </div>
      </FormFrame>
    </section>
  );
}

interface ChoiceProps {
  form: Form<Values>;
  name: 'cause' | 'origin';
  options: readonly string[];
  hint?: string | undefined;
}

function Choice({ form, name, options, hint }: ChoiceProps): ReactElement {
  const { t } = useTranslation('holders');
  return (
    <SelectField
      {...form.field(name)}
      hint={hint}
      label={t(`holders.suspend-${name}`)}
      options={options.map((value) => ({ value, label: t(`holders.suspend-${name}-${value}`) }))}
    />
  );
}

interface RequestProps {
  form: Form<Values>;
  file: string;
  hasApp: boolean;
  onConfirmed: (check: string) => void;
}

/** What is asked of a request: by what it is known to be the holder's, and for how long. */
function Request({ form, file, hasApp, onConfirmed }: RequestProps): ReactElement {
  const { t } = useTranslation('holders');
  return (
    <>
      <Choice
        form={form}
        name="origin"
        options={hasApp ? ORIGINS : ORIGINS.slice(1)}
        hint={hasApp ? undefined : t('holders.suspend-no-app')}
      />
      {form.values.origin === 'caller-verified' && (
        <div className="stack">
          <CallerCheck file={file} hasApp={hasApp} onConfirmed={onConfirmed} />
        </div>
      )}
      <TextField
        {...form.field('days')}
        label={t('holders.suspend-days')}
        hint={t('holders.suspend-days-hint')}
        inputMode="numeric"
        autoComplete="off"
      />
    </>
  );
}

function Consequences({ cause }: { cause: string }): ReactElement {
  const { t } = useTranslation('holders');
  const end = cause === 'suspected-abuse' ? 'end-two' : 'end-holder';
  const apps = cause === 'lost-credential' ? ['apps-lost'] : [];
  return (
    <div className="stack stack--tight">
      <h2>{t('holders.suspend-consequences')}</h2>
      <ul>
        {['sessions', 'identity', ...apps, 'told', end].map((name) => (
          <li key={name}>{t(`holders.suspend-consequence-${name}`)}</li>
        ))}
      </ul>
    </div>
  );
}

const reasonGiven = (value: string): string | undefined =>
  value.trim().length < SHORTEST_REASON ? 'holders.reason-needed' : undefined;

function useSuspendForm(file: string, hasApp: boolean, check: string | undefined): Form<Values> {
  const withProof = useStepUp();
  const navigate = useNavigate();
  return useForm<Values>({
    name: 'suspend-holder',
    initial: {
      cause: 'holder-request',
      origin: hasApp ? 'caller-verified' : 'certified-mail',
      days: String(LONGEST_DAYS),
      reason: '',
    },
    checks: {
      reason: reasonGiven,
      days: (value, { cause }) =>
        cause === 'suspected-abuse' || daysOf(value) ? undefined : 'holders.suspend-days-wrong',
      origin: (value, { cause }) =>
        cause !== 'suspected-abuse' && value === 'caller-verified' && check === undefined
          ? 'holders.suspend-check-first'
          : undefined,
    },
    send: async (values) => {
      await withProof((approval) => suspendHolder(file, wishOf(values, check), approval));
      await queryClient.invalidateQueries({ queryKey: ['holder-file', file] });
      await navigate(`/console/holders/${file}`, { replace: true });
    },
  });
}

function wishOf({ cause, origin, days, reason }: Values, check: string | undefined): SuspensionWish {
  const why = { cause: CAUSES.find((one) => one === cause) ?? 'suspected-abuse', reason: reason.trim() };
  if (why.cause === 'suspected-abuse') return why;
  const known = ORIGINS.find((one) => one === origin) ?? 'caller-verified';
  const asked = { ...why, days: daysOf(days) ?? LONGEST_DAYS, origin: known };
  return known === 'caller-verified' && check ? { ...asked, check } : asked;
}

/** Whole days, 1 to 30; undefined for anything else. */
function daysOf(text: string): number | undefined {
  const days = /^\d{1,2}$/.test(text.trim()) ? Number(text) : 0;
  return days >= 1 && days <= LONGEST_DAYS ? days : undefined;
}
