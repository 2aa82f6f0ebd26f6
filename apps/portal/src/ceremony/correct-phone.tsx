import { Button } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { CeremonyView } from '../api/contract.ts';
import { FormFrame } from '../forms/form-frame.tsx';
import { emptyPhone, PhoneInput, possiblePhone } from '../forms/phone-input.tsx';
import { SubmitButton } from '../forms/submit-button.tsx';
import { useForm } from '../forms/use-form.ts';
import { correctPhone } from './ceremony.api.ts';
import { useStage } from './stage.tsx';

interface CorrectPhoneProps {
  ceremony: CeremonyView;
  onCorrected: (ceremony: CeremonyView) => void;
  onBack: () => void;
}

/** Another number in place of the one given at registration. */
export function CorrectPhone({ ceremony, onCorrected, onBack }: CorrectPhoneProps): ReactElement {
  const { t } = useTranslation('ceremony');
  const Stage = useStage();
  const form = useForm({
    name: 'correct-phone',
    initial: emptyPhone(),
    checks: { phone: possiblePhone },
    send: async ({ phone }) => onCorrected(await correctPhone(ceremony.id, phone)),
  });

  return (
    <Stage title={t('ceremony.correct-phone-title')} lead={t('ceremony.correct-phone-lead')}>
      <FormFrame form={form}>
        <PhoneInput
          field={form.field('phone')}
          values={form.values}
          onChange={form.change}
          label={t('ceremony.phone')}
        />
        <div className="actions">
          <SubmitButton state={form}>{t('ceremony.save-number')}</SubmitButton>
          <Button look="quiet" wide onClick={onBack}>
            {t('ceremony.back')}
          </Button>
        </div>
      </FormFrame>
    </Stage>
  );
}
