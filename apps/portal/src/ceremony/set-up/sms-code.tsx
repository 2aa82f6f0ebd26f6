import { CodeField, useFocusOnMount } from '@sigillo/ui';
import { type ReactElement, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CeremonyView, EnrolmentView } from '../../api/contract.ts';
import { sixDigits } from '../../forms/checks.ts';
import { FormFrame } from '../../forms/form-frame.tsx';
import { QuietButton } from '../../forms/quiet-button.tsx';
import { SubmitButton } from '../../forms/submit-button.tsx';
import { useForm } from '../../forms/use-form.ts';
import { finishEnrolment, resendEnrolmentCode } from '../ceremony.api.ts';
import { withLabel } from '../method-words.ts';
import { SentCode } from '../sent-code.tsx';
import { useStage } from '../stage.tsx';

interface SmsCodeProps {
  ceremony: CeremonyView;
  before: ReactNode;
  onBack: (() => void) | undefined;
  enrolment: EnrolmentView;
  /** Another code was sent. */
  onChange: (enrolment: EnrolmentView) => void;
  /** Awaited, so that what fails in it is shown here. */
  onDone: (ceremony: CeremonyView) => Promise<void>;
}

/** The six digits that show the number is the holder's. */
export function SmsCode(props: SmsCodeProps): ReactElement {
  const [again, setAgain] = useState(false);
  const resent = (enrolment: EnrolmentView): void => {
    setAgain(true);
    props.onChange(enrolment);
  };
  return <SmsCodeForm key={props.enrolment.challenge?.id} {...props} onChange={resent} again={again} />;
}

function SmsCodeForm({ ceremony, enrolment, ...props }: SmsCodeProps & { again: boolean }): ReactElement {
  const { t } = useTranslation('set-up');
  const Stage = useStage();
  const input = useFocusOnMount<HTMLInputElement>();
  const { challenge } = enrolment;
  const form = useForm({
    name: 'set-up-sms-code',
    initial: { code: '' },
    checks: { code: sixDigits },
    send: async ({ code }) => props.onDone(await finishEnrolment(ceremony.id, enrolment, { code })),
  });
  const resend = async (): Promise<void> =>
    props.onChange({ ...enrolment, challenge: await resendEnrolmentCode(ceremony.id, enrolment.id) });

  return (
    <Stage
      title={t('set-up.sms-code-title')}
      lead={withLabel(t, 'set-up.sms-code-lead', challenge?.sentTo ?? '')}
      before={props.before}
    >
      <FormFrame form={form}>
        <CodeField {...form.field('code')} ref={input} label={t('set-up.code')} />
        <SubmitButton state={form}>{t('set-up.verify')}</SubmitButton>
      </FormFrame>
      {challenge && (
        <SentCode
          challenge={challenge}
          again={props.again}
          hasAnother={Boolean(props.onBack)}
          onResend={resend}
        />
      )}
      <QuietButton onClick={props.onBack}>{t('set-up.change-number')}</QuietButton>
    </Stage>
  );
}
