import { type UnlockCodeWeakness, unlockCodeWeaknesses } from '@sigillo/device-protocol';
import { type FormEvent, type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { UnlockCodeField } from './unlock-code-field.tsx';

/** A new unlock code, typed twice; says in plain words what is wrong with one that a thief would try first. */
export function ChooseCodeForm({
  id,
  onChosen,
}: {
  /** Of the form, for the button that sends it. */
  id: string;
  onChosen: (code: string) => Promise<void>;
}): ReactElement {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  const [repeated, setRepeated] = useState('');
  const [hasTried, setHasTried] = useState(false);
  const [weakness] = unlockCodeWeaknesses(code);
  const isDifferent = code !== repeated;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setHasTried(true);
    if (weakness || isDifferent)
      return document.getElementById(weakness ? 'new-code' : 'repeated-code')?.focus();
    await onChosen(code);
  };
  return (
    <form className="form" id={id} onSubmit={submit} noValidate>
      <UnlockCodeField
        id="new-code"
        label={t('linked.code-new')}
        hint={t('linked.code-hint')}
        value={code}
        error={hasTried && weakness ? t(weaknessText(weakness)) : undefined}
        onChange={setCode}
      />
      <UnlockCodeField
        id="repeated-code"
        label={t('linked.code-repeat')}
        value={repeated}
        error={hasTried && !weakness && isDifferent ? t('linked.code-different') : undefined}
        onChange={setRepeated}
      />
    </form>
  );
}

/** `repeat` is also the name of the second field. */
function weaknessText(weakness: UnlockCodeWeakness): string {
  return weakness === 'repeat' ? 'linked.code-repeat-weak' : `linked.code-${weakness}`;
}
