import { Button, Notice } from '@sigillo/ui';
import { type FormEvent, type ReactElement, useEffect, useEffectEvent, useState } from 'react';
import type { LinkedAccount } from '../linked/linked-account.ts';
import { useLinkedAccounts, useLinkedStore } from '../linked/use-linked-accounts.ts';
import { ChooseCodeForm } from '../unlock/choose-code.tsx';
import { passkeySecret } from '../unlock/passkey.ts';
import { unlockAccount } from '../unlock/unlock-account.ts';
import { UnlockCodeField } from '../unlock/unlock-code-field.tsx';
import { InterruptedStep } from './interrupted-step.tsx';
import { LinkScreen } from './link-screen.tsx';
import { ProblemNotice } from './problem-notice.tsx';
import { useFinishLink } from './use-finish-link.ts';
import type { Link } from './use-link.ts';
import { useLinkTexts } from './use-link-texts.ts';
import { useTask } from './use-task.ts';

/** One unlock code for the whole app: chosen the first time, typed again for every further account. */
export function UnlockCodeStep({ link }: { link: Link }): ReactElement | null {
  // Was it linked when this screen was opened? Then the approval key is lost that only memory had.
  const [isInterrupted] = useState(link.draft.linked !== null);
  const accounts = useLinkedAccounts();
  if (!accounts) return null;
  if (isInterrupted) return <Resumed link={link} accounts={accounts} />;
  const ready = accounts.filter(({ state }) => state === 'ready');
  const other = ready.find(({ hasOldCode }) => !hasOldCode) ?? ready[0];
  if (!other) return <NewCode link={link} />;
  return other.seed.by === 'prf' ? <SamePasskey link={link} /> : <SameCode link={link} other={other} />;
}

/** It may have come through all the same, and only saying so was cut short. */
function Resumed({ link, accounts }: { link: Link; accounts: LinkedAccount[] }): ReactElement | null {
  const isReady = accounts.some(({ id, state }) => id === link.draft.linked && state === 'ready');
  const goOn = useEffectEvent(() => void link.update({ step: 'done' }));
  useEffect(() => {
    if (isReady) goOn();
  }, [isReady]);
  return isReady ? null : <InterruptedStep link={link} />;
}

const FORM = 'unlock-code-form';

function NewCode({ link }: { link: Link }): ReactElement {
  const { t } = useLinkTexts();
  const finish = useFinishLink(link);
  const { run, ...task } = useTask();
  return (
    <LinkScreen
      draft={link.draft}
      title={t('linked.code-title')}
      lead={t('linked.code-lead')}
      onBack={() => link.update({ step: 'notices' })}
      actions={
        <Button look="primary" wide type="submit" form={FORM} busy={task.isBusy}>
          {t('linked.link')}
        </Button>
      }
    >
      <ProblemNotice {...task} />
      <ChooseCodeForm id={FORM} onChosen={async (code) => void (await run(() => finish({ code })))} />
      <Notice>{t('linked.code-forgotten')}</Notice>
    </LinkScreen>
  );
}

function SameCode({ link, other }: { link: Link; other: LinkedAccount }): ReactElement {
  const { t } = useLinkTexts();
  const store = useLinkedStore();
  const finish = useFinishLink(link);
  const { run, ...task } = useTask();
  const [code, setCode] = useState('');
  const [wrong, setWrong] = useState<string>();
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setWrong(code === '' ? t('linked.unlock-empty') : undefined);
    if (code === '') return document.getElementById('same-code')?.focus();
    await run(async () => {
      const tried = await unlockAccount(store, other.id, { code });
      if (tried.outcome === 'open') return finish({ code });
      setCode('');
      setWrong(t('linked.unlock-wrong', { count: tried.triesLeft }));
    });
  };
  return (
    <LinkScreen
      draft={link.draft}
      title={t('linked.same-code-title')}
      lead={t('linked.same-code-lead')}
      onBack={() => link.update({ step: 'notices' })}
      actions={
        <Button look="primary" wide type="submit" form={FORM} busy={task.isBusy}>
          {t('linked.link')}
        </Button>
      }
    >
      <ProblemNotice {...task} />
      <form className="form" id={FORM} onSubmit={submit} noValidate>
        <UnlockCodeField
          id="same-code"
          label={t('linked.unlock-code')}
          value={code}
          error={wrong}
          onChange={setCode}
        />
      </form>
    </LinkScreen>
  );
}

function SamePasskey({ link }: { link: Link }): ReactElement {
  const { t } = useLinkTexts();
  const store = useLinkedStore();
  const finish = useFinishLink(link);
  const { run, ...task } = useTask();
  const [isRefused, setIsRefused] = useState(false);
  const use = () =>
    run(async () => {
      setIsRefused(false);
      const prf = await passkeySecret(store).catch(() => undefined);
      if (prf) await finish({ prf });
      else setIsRefused(true);
    });
  return (
    <LinkScreen
      draft={link.draft}
      title={t('linked.same-passkey-title')}
      lead={t('linked.same-passkey-lead')}
      onBack={() => link.update({ step: 'notices' })}
      actions={
        <Button look="primary" wide icon="passkey" busy={task.isBusy} onClick={use}>
          {t('linked.link')}
        </Button>
      }
    >
      <ProblemNotice {...task} />
      {isRefused && <Notice live>{t('linked.unlock-passkey-refused')}</Notice>}
    </LinkScreen>
  );
}
