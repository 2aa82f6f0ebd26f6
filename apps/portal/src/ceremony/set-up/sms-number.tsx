import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CeremonyView, EnrolmentView } from '../../api/contract.ts';
import { FormFrame } from '../../forms/form-frame.tsx';
import { emptyPhone, PhoneInput, possiblePhone } from '../../forms/phone-input.tsx';
import { QuietButton } from '../../forms/quiet-button.tsx';
import { SubmitButton } from '../../forms/submit-button.tsx';
import { useForm } from '../../forms/use-form.ts';
import { startEnrolment } from '../ceremony.api.ts';
import { useStage } from '../stage.tsx';

interface SmsNumberProps {
  ceremony: CeremonyView;
  before: ReactNode;
  onBack: (() => void) | undefined;
  /** Number given at registration, E.164. */
  known: string | null;
  onSent: (enrolment: EnrolmentView) => void;
}

/** Country and number, then "Send verification code". */
export function SmsNumber({ ceremony, before, onBack, known, onSent }: SmsNumberProps): ReactElement {
  const { t } = useTranslation('set-up');
  const Stage = useStage();
  const form = useForm({
    name: 'set-up-sms',
    initial: known ? { phone: known, phoneTyped: known, phoneCountry: '' } : emptyPhone(),
    checks: { phone: possiblePhone },
    keep: ['phone', 'phoneTyped', 'phoneCountry'],
    send: async ({ phone }) => onSent(await startEnrolment(ceremony.id, { method: 'sms-code', phone })),
  });

  return (
    <Stage title={t('set-up.sms-title')} lead={t('set-up.sms-lead')} before={before}>
      <FormFrame form={form}>
        <PhoneInput
          field={form.field('phone')}
          values={form.values}
          onChange={form.change}
          label={t('set-up.sms-number')}
        />
        <div className="actions">
          <SubmitButton state={form}>{t('set-up.sms-send')}</SubmitButton>
          <QuietButton onClick={onBack}>{t('set-up.back')}</QuietButton>
        </div>
      </FormFrame>
    </Stage>
  );
}
