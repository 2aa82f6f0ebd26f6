import { CodeField, useFocusOnMount } from '@sigillo/ui';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CeremonyView, MethodOption } from '../api/contract.ts';
import { MOST_TOKEN_DIGITS, tokenCode, tokenCodeAfter } from '../forms/checks.ts';
import { FormFrame } from '../forms/form-frame.tsx';
import { QuietButton } from '../forms/quiet-button.tsx';
import { SubmitButton } from '../forms/submit-button.tsx';
import { useForm } from '../forms/use-form.ts';
import { proveChallenge } from './ceremony.api.ts';
import { withLabel } from './method-words.ts';
import { OtherWays } from './other-ways.tsx';
import { useStage } from './stage.tsx';

interface TokenStepProps {
  ceremony: CeremonyView;
  option: MethodOption;
  onProven: (ceremony: CeremonyView) => void;
  onAnother: (() => void) | undefined;
  onRecover: (() => void) | undefined;
}

/** The code that a hardware token shows; two in a row when it has run away from us. */
export function TokenStep(props: TokenStepProps): ReactElement {
  const [realigns, setRealigns] = useState(false);
  const Form = realigns ? RealignForm : CodeForm;
  return <Form {...props} onSwitch={() => setRealigns(!realigns)} />;
}

type FormProps = TokenStepProps & { onSwitch: () => void };

function CodeForm({ ceremony, option, onProven, onSwitch, onAnother, onRecover }: FormProps): ReactElement {
  const { t } = useTranslation('ceremony');
  const Stage = useStage();
  const input = useFocusOnMount<HTMLInputElement>();
  const form = useForm({
    name: 'prove-hardware-token',
    initial: { code: '' },
    checks: { code: tokenCode },
    send: async ({ code }) => onProven(await proveChallenge(ceremony.id, option, { code })),
  });
  return (
    <Stage
      title={t('ceremony.prove-title-hardware-token')}
      lead={withLabel(t, 'ceremony.prove-hardware-token', option.label)}
    >
      <FormFrame form={form}>
        <CodeField
          {...form.field('code')}
          ref={input}
          digits={MOST_TOKEN_DIGITS}
          label={t('ceremony.token-code')}
          onFocus={(event) => event.currentTarget.select()}
        />
        <SubmitButton state={form}>{t('ceremony.verify')}</SubmitButton>
      </FormFrame>
      <QuietButton onClick={onSwitch}>{t('ceremony.token-realign')}</QuietButton>
      <OtherWays onAnother={onAnother} onRecover={onRecover} />
    </Stage>
  );
}

/** Both codes go in one answer: together they say where the token stands (RFC 4226 §7.4). */
function RealignForm({ ceremony, option, onProven, onSwitch }: FormProps): ReactElement {
  const { t } = useTranslation('ceremony');
  const Stage = useStage();
  const input = useFocusOnMount<HTMLInputElement>();
  const form = useForm({
    name: 'realign-hardware-token',
    initial: { code: '', next: '' },
    checks: { code: tokenCode, next: tokenCodeAfter },
    forget: ['code', 'next'],
    send: async ({ code, next }) =>
      onProven(await proveChallenge(ceremony.id, option, { code: `${code} ${next}` })),
  });
  const shared = { digits: MOST_TOKEN_DIGITS, autoComplete: 'off' };
  return (
    <Stage title={t('ceremony.token-realign-title')} lead={t('ceremony.token-realign-lead')}>
      <FormFrame form={form}>
        <CodeField {...shared} {...form.field('code')} ref={input} label={t('ceremony.token-first')} />
        <CodeField
          {...shared}
          {...form.field('next')}
          label={t('ceremony.token-second')}
          hint={t('ceremony.token-second-hint')}
        />
        <SubmitButton state={form}>{t('ceremony.verify')}</SubmitButton>
      </FormFrame>
      <QuietButton onClick={onSwitch}>{t('ceremony.token-one')}</QuietButton>
    </Stage>
  );
}
