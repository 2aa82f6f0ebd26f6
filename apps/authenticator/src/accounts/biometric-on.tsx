import type { Bytes } from '@sigillo/device-protocol';
import { Button, Icon, Notice } from '@sigillo/ui';
import { type FormEvent, type ReactElement, useRef, useState } from 'react';
import { useSay } from '../app/announcements.tsx';
import { Screen } from '../app/screen.tsx';
import { ProblemNotice } from '../link/problem-notice.tsx';
import { useLinkTexts } from '../link/use-link-texts.ts';
import { useTask } from '../link/use-task.ts';
import { useLinkedStore } from '../linked/use-linked-accounts.ts';
import { makeUnlockPasskey, passkeySecret } from '../unlock/passkey.ts';
import { UnlockCodeField } from '../unlock/unlock-code-field.tsx';
import { changeSecret } from './change-secret.ts';

interface BiometricOnProps {
  /** The unlock code, where it was typed a moment ago. */
  code?: string | undefined;
  onDone: () => Promise<void>;
  onLater: () => Promise<void>;
}

const FORM = 'biometric';
type Trouble = 'linked.biometric-refused' | 'linked.biometric-not-here';

/** The device's own lock in place of the unlock code: a passkey of this app, whose secret takes the code's place. */
export function BiometricOn({ code: known, onDone, onLater }: BiometricOnProps): ReactElement {
  const { t } = useLinkTexts();
  const say = useSay();
  const { run, ...task } = useTask();
  const turnOn = useTurnOn();
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState<string>();
  const [trouble, setTrouble] = useState<Trouble>();
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const code = known ?? typed;
    setTrouble(undefined);
    setWrong(code === '' ? t('linked.unlock-empty') : undefined);
    if (code === '') return document.getElementById('code-before')?.focus();
    await run(async () => {
      const result = await turnOn(code);
      if (typeof result === 'string') return setTrouble(result);
      if (result.outcome === 'wrong-code') {
        setTyped('');
        return setWrong(t('linked.unlock-wrong', { count: result.triesLeft }));
      }
      await onDone();
      const names = result.kept.map(({ name }) => name).join(', ');
      say({ text: names ? t('linked.biometric-kept', { names }) : t('linked.biometric-is-on') });
    });
  };
  return (
    <Screen
      title={t('linked.biometric-title')}
      lead={t('linked.biometric-lead')}
      actions={
        <>
          <Button look="primary" wide icon="passkey" type="submit" form={FORM} busy={task.isBusy}>
            {t('linked.biometric-use')}
          </Button>
          <Button look="quiet" wide onClick={onLater}>
            {t('linked.later')}
          </Button>
        </>
      }
    >
      <ProblemNotice {...task} />
      {trouble && (
        <Notice tone="warning" live>
          {t(trouble)}
        </Notice>
      )}
      <form className="form" id={FORM} onSubmit={submit} noValidate>
        {known === undefined && (
          <UnlockCodeField
            id="code-before"
            label={t('linked.unlock-code')}
            value={typed}
            error={wrong}
            onChange={setTyped}
          />
        )}
      </form>
      <ul className="points">
        <li>
          <Icon name="passkey" />
          <span>{t('linked.biometric-how')}</span>
        </li>
        <li>
          <Icon name="info" />
          <span>{t('linked.biometric-instead')}</span>
        </li>
      </ul>
    </Screen>
  );
}

/** Makes the passkey, once however often the code is mistyped, and puts all accounts under it. */
function useTurnOn() {
  const store = useLinkedStore();
  const secret = useRef<Bytes>(undefined);
  return async (code: string): Promise<Trouble | Awaited<ReturnType<typeof changeSecret>>> => {
    if (!secret.current) {
      const made = await makeOrAsk();
      if (typeof made === 'string') return made;
      secret.current = made;
    }
    const accounts = (await store.list()).filter(
      ({ state, seed }) => state === 'ready' && seed.by === 'code',
    );
    return changeSecret(store, accounts, { code }, { prf: secret.current });
  };

  async function makeOrAsk(): Promise<Trouble | Bytes> {
    try {
      if (await store.passkey()) return await passkeySecret(store);
      const made = await makeUnlockPasskey(document.title);
      if (!made) return 'linked.biometric-not-here';
      await store.keepPasskey(made.credentialId);
      return made.prf;
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      return 'linked.biometric-refused';
    }
  }
}
