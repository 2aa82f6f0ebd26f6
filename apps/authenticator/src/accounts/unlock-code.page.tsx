import type { UnlockSecret } from '@sigillo/device-protocol';
import { Button, Notice } from '@sigillo/ui';
import { type FormEvent, type ReactElement, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { useSay } from '../app/announcements.tsx';
import { Screen } from '../app/screen.tsx';
import { ProblemNotice } from '../link/problem-notice.tsx';
import { useLinkTexts } from '../link/use-link-texts.ts';
import { useTask } from '../link/use-task.ts';
import type { LinkedAccount } from '../linked/linked-account.ts';
import { useLinkedAccounts, useLinkedStore } from '../linked/use-linked-accounts.ts';
import { ChooseCodeForm } from '../unlock/choose-code.tsx';
import { passkeySecret } from '../unlock/passkey.ts';
import { UnlockCodeField } from '../unlock/unlock-code-field.tsx';
import { changeSecret } from './change-secret.ts';

/**
 * Another unlock code for all accounts; also a code in place of the device's own lock. With `?account=…` for one
 * account alone, which could not be reached when the others were changed.
 */
export default function UnlockCodePage(): ReactElement | null {
  const accounts = useLinkedAccounts();
  const [parameters] = useSearchParams();
  const only = parameters.get('account');
  const [from, setFrom] = useState<UnlockSecret>();
  if (!accounts) return null;
  const ready = accounts.filter(({ state }) => state === 'ready');
  const isPasskey = only === null && ready.some(({ seed }) => seed.by === 'prf');
  const by = isPasskey ? 'prf' : 'code';
  const changed = ready.filter(({ id, seed, hasOldCode }) =>
    only === null ? seed.by === by && !hasOldCode : id === only,
  );
  const back = only === null ? '/settings' : `/accounts/${only}`;
  if (!from) return <OldSecret key="old" isPasskey={isPasskey} back={back} onGiven={setFrom} />;
  return <NewSecret key="new" accounts={changed} {...{ from, back }} onAgain={() => setFrom(undefined)} />;
}

interface OldSecretProps {
  isPasskey: boolean;
  back: string;
  onGiven: (secret: UnlockSecret) => void;
}

/** What opens the accounts now; whether it is right shows when it is used. */
function OldSecret({ isPasskey, back, onGiven }: OldSecretProps): ReactElement {
  const { t } = useLinkTexts();
  const store = useLinkedStore();
  const [code, setCode] = useState('');
  const [error, setError] = useState<string>();
  const [isRefused, setIsRefused] = useState(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (isPasskey) {
      const prf = await passkeySecret(store).catch(() => undefined);
      setIsRefused(!prf);
      return prf && onGiven({ prf });
    }
    if (code !== '') return onGiven({ code });
    setError(t('linked.unlock-empty'));
    document.getElementById('old-code')?.focus();
  };
  return (
    <Screen
      title={t(isPasskey ? 'linked.biometric-off-title' : 'linked.change-title')}
      lead={t(isPasskey ? 'linked.biometric-off-lead' : 'linked.change-lead')}
      back={back}
      actions={
        <Button look="primary" wide type="submit" form="old" icon={isPasskey ? 'passkey' : 'lock'}>
          {t('linked.next')}
        </Button>
      }
    >
      {isRefused && <Notice live>{t('linked.unlock-passkey-refused')}</Notice>}
      <form className="form" id="old" onSubmit={submit} noValidate>
        {!isPasskey && (
          <UnlockCodeField
            id="old-code"
            label={t('linked.code-old')}
            value={code}
            error={error}
            onChange={setCode}
          />
        )}
      </form>
    </Screen>
  );
}

interface NewSecretProps {
  accounts: LinkedAccount[];
  from: UnlockSecret;
  back: string;
  onAgain: () => void;
}

function NewSecret({ accounts, from, back, onAgain }: NewSecretProps): ReactElement {
  const { t } = useLinkTexts();
  const store = useLinkedStore();
  const navigate = useNavigate();
  const say = useSay();
  const { run, ...task } = useTask();
  const [triesLeft, setTriesLeft] = useState<number>();
  const change = async (code: string): Promise<void> => {
    await run(async () => {
      const result = await changeSecret(store, accounts, from, { code });
      if (result.outcome === 'wrong-code') return setTriesLeft(result.triesLeft);
      await navigate(back);
      const names = result.kept.map(({ name }) => name).join(', ');
      say({ text: names ? t('linked.change-kept', { names }) : t('linked.changed') });
    });
  };
  return (
    <Screen
      title={t('linked.code-title')}
      lead={t('linked.code-lead')}
      onBack={onAgain}
      actions={
        <Button look="primary" wide type="submit" form="new" busy={task.isBusy}>
          {t('linked.change')}
        </Button>
      }
    >
      <ProblemNotice {...task} />
      {triesLeft !== undefined && (
        <Notice tone="warning" live>
          <p>{t('linked.old-wrong', { count: triesLeft })}</p>
          <Button small onClick={onAgain}>
            {t('linked.type-again')}
          </Button>
        </Notice>
      )}
      <ChooseCodeForm id="new" onChosen={change} />
    </Screen>
  );
}
