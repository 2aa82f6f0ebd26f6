import { CodeField, Stepper, useFocusOnMount } from '@sigillo/ui';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../api/contract.ts';
import { Task } from '../../../app/task.tsx';
import { unbroken } from '../../../ceremony/method-words.ts';
import { SentCode } from '../../../ceremony/sent-code.tsx';
import { sixDigits } from '../../../forms/checks.ts';
import { FormFrame } from '../../../forms/form-frame.tsx';
import { QuietButton } from '../../../forms/quiet-button.tsx';
import { SubmitButton } from '../../../forms/submit-button.tsx';
import { useForm } from '../../../forms/use-form.ts';
import { type ContactKind, finishChange, nameAddress } from './contacts.api.ts';

type Named = Answer<'nameNewContact'> & { address: string };

interface NewContactCodeProps {
  kind: ContactKind;
  named: Named;
  /** Another code was sent. */
  onSent: (named: Named) => void;
  onBack: () => void;
  onDone: (changeableAt: string) => Promise<void>;
}

/** The code that the new address was sent, which carries the change out. */
export function NewContactCode(props: NewContactCodeProps): ReactElement {
  const [again, setAgain] = useState(false);
  const resend = async (): Promise<void> => {
    const { named } = props;
    const sent = await nameAddress(named.ceremony.id, named.address);
    setAgain(true);
    props.onSent({ ...sent, address: named.address });
  };
  return <CodeForm key={props.named.challenge.id} {...props} again={again} resend={resend} />;
}

function CodeForm(
  props: NewContactCodeProps & { again: boolean; resend: () => Promise<void> },
): ReactElement {
  const { kind, named, again, resend, onBack, onDone } = props;
  const { t } = useTranslation(['contacts', 'ceremony']);
  const input = useFocusOnMount<HTMLInputElement>();
  const { ceremony, challenge, address } = named;
  const form = useForm({
    name: 'new-contact-code',
    initial: { code: '' },
    checks: { code: sixDigits },
    send: async ({ code }) => {
      const change = { ceremony: ceremony.id, challenge: challenge.id, code };
      await onDone((await finishChange(change)).changeableAt);
    },
  });
  return (
    <>
      <Stepper step={3} of={3} task={t(`contacts.change-${kind}`)} />
      <Task
        title={t('contacts.code-title')}
        lead={t(`contacts.code-${kind}`, { address: kind === 'phone' ? unbroken(address) : address })}
      >
        <FormFrame form={form}>
          <CodeField {...form.field('code')} ref={input} label={t('ceremony.code')} />
          <SubmitButton state={form}>{t('contacts.confirm')}</SubmitButton>
        </FormFrame>
        <SentCode challenge={challenge} again={again} hasAnother={false} onResend={resend} />
        <QuietButton onClick={onBack}>{t(`contacts.other-${kind}`)}</QuietButton>
      </Task>
    </>
  );
}
