import { CodeField, Waiting } from '@sigillo/ui';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CeremonyView, EnrolmentView } from '../../api/contract.ts';
import { Disclosure } from '../../app/disclosure.tsx';
import { ProblemPage } from '../../app/problem-page.tsx';
import { sixDigits } from '../../forms/checks.ts';
import { FormFrame } from '../../forms/form-frame.tsx';
import { QuietButton } from '../../forms/quiet-button.tsx';
import { SubmitButton } from '../../forms/submit-button.tsx';
import { useForm } from '../../forms/use-form.ts';
import { finishEnrolment, startEnrolment } from '../ceremony.api.ts';
import { useStage } from '../stage.tsx';
import { KeyPanel } from './key-panel.tsx';

interface ScanKeyProps {
  ceremony: CeremonyView;
  before: ReactNode;
  onBack: (() => void) | undefined;
  /** Leaves the app for another time, when enough is set up without it. */
  onLater: (() => void) | undefined;
  /** Awaited, so that what fails in it is shown here. */
  onDone: (ceremony: CeremonyView) => Promise<void>;
}

/** The key as QR code and as text, and the first code of the app. Coming back to it shows the same key. */
export function ScanKey(props: ScanKeyProps): ReactElement {
  const { t } = useTranslation('set-up');
  const { ceremony } = props;
  const enrolment = useQuery({
    queryKey: ['enrolment', ceremony.id, 'totp'],
    queryFn: () => startEnrolment(ceremony.id, { method: 'totp' }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });

  if (enrolment.error) return <ProblemPage error={enrolment.error} retry={() => enrolment.refetch()} />;
  if (!enrolment.data) return <Waiting>{t('ui.loading')}</Waiting>;
  return <ScanKeyForm {...props} enrolment={enrolment.data} />;
}

function ScanKeyForm({ enrolment, ...props }: ScanKeyProps & { enrolment: EnrolmentView }): ReactElement {
  const { t } = useTranslation('set-up');
  const Stage = useStage();
  const form = useForm({
    name: 'set-up-totp',
    initial: { code: '' },
    checks: { code: sixDigits },
    send: async ({ code }) => props.onDone(await finishEnrolment(props.ceremony.id, enrolment, { code })),
  });

  return (
    <Stage title={t('set-up.app-title')} lead={t('set-up.app-lead')} before={props.before}>
      <FormFrame form={form}>
        <ol className="steps-list">
          <li>
            <KeyPanel enrolment={enrolment} />
          </li>
          <li>
            <CodeField
              {...form.field('code')}
              label={t('set-up.app-code')}
              hint={t('set-up.app-code-hint')}
            />
          </li>
        </ol>
        <div className="actions">
          <SubmitButton state={form}>{t('set-up.verify')}</SubmitButton>
          <QuietButton onClick={props.onLater}>{t('set-up.app-later')}</QuietButton>
          <QuietButton onClick={props.onBack}>{t('set-up.back')}</QuietButton>
        </div>
      </FormFrame>
      <NoSmartphone />
    </Stage>
  );
}

/** Guidance for those who have no phone for it (mission B4). */
function NoSmartphone(): ReactElement {
  const { t } = useTranslation('set-up');
  return (
    <Disclosure summary={t('set-up.no-phone')}>
      <p>{t('set-up.no-phone-programs')}</p>
      <p>{t('set-up.no-phone-how')}</p>
    </Disclosure>
  );
}
