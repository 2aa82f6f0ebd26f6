import { CodeField, TextField } from '@sigillo/ui';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CeremonyView } from '../../api/contract.ts';
import { MOST_TOKEN_DIGITS, needs, tokenCode, tokenCodeAfter } from '../../forms/checks.ts';
import { FormFrame } from '../../forms/form-frame.tsx';
import { QuietButton } from '../../forms/quiet-button.tsx';
import { SubmitButton } from '../../forms/submit-button.tsx';
import { useForm } from '../../forms/use-form.ts';
import { finishEnrolment, startEnrolment } from '../ceremony.api.ts';
import { useStage } from '../stage.tsx';

interface ActivateTokenProps {
  ceremony: CeremonyView;
  before: ReactNode;
  onBack: (() => void) | undefined;
  /** Awaited, so that what fails in it is shown here. */
  onDone: (ceremony: CeremonyView) => Promise<void>;
}

/** Where the serial number stands, and two consecutive codes: only who holds the token has both. */
export function ActivateToken({ ceremony, before, onBack, onDone }: ActivateTokenProps): ReactElement {
  const { t } = useTranslation('set-up');
  const Stage = useStage();
  const form = useForm({
    name: 'set-up-token',
    initial: { serial: '', code: '', next: '' },
    checks: { serial: needs('serial'), code: tokenCode, next: tokenCodeAfter },
    forget: ['code', 'next'],
    send: async ({ serial, code, next }) => {
      const enrolment = await startEnrolment(ceremony.id, { method: 'hardware-token', serial });
      await onDone(await finishEnrolment(ceremony.id, enrolment, { code: `${code} ${next}` }));
    },
  });
  const codeField = (name: 'code' | 'next', text: string): ReactElement => (
    <CodeField
      {...form.field(name)}
      digits={MOST_TOKEN_DIGITS}
      autoComplete="off"
      label={t(`set-up.token-${text}`)}
      hint={t(`set-up.token-${text}-hint`)}
    />
  );

  return (
    <Stage title={t('set-up.token-title')} lead={t('set-up.token-lead')} before={before}>
      <FormFrame form={form}>
        <ol className="steps-list">
          <li>
            <TextField
              {...form.field('serial')}
              label={t('set-up.token-serial')}
              hint={t('set-up.token-serial-hint')}
              autoComplete="off"
              autoCapitalize="characters"
              spellCheck={false}
            />
          </li>
          <li>{codeField('code', 'first')}</li>
          <li>{codeField('next', 'second')}</li>
        </ol>
        <div className="actions">
          <SubmitButton state={form}>{t('set-up.token-activate')}</SubmitButton>
          <QuietButton onClick={onBack}>{t('set-up.back')}</QuietButton>
        </div>
      </FormFrame>
      {form.attempt > 0 && <p className="small muted">{t('set-up.token-refused')}</p>}
    </Stage>
  );
}
