import { Button, CodeField, Countdown, TextField, useSecondsLeft } from '@sigillo/ui';
import { type FormEvent, type ReactElement, useState } from 'react';
import { type LinkCeremony, type LinkOption, proveLink, type SentChallenge } from './link-calls.ts';
import { LinkScreen } from './link-screen.tsx';
import { optionWords } from './option-words.ts';
import { ProblemNotice } from './problem-notice.tsx';
import type { Link } from './use-link.ts';
import { useLinkTexts } from './use-link-texts.ts';
import { useTask } from './use-task.ts';

const DIGITS = 6;

interface TypeProofProps {
  link: Link;
  ceremony: LinkCeremony;
  option: LinkOption;
  onSend: () => Promise<void>;
  onProven: (ceremony: LinkCeremony) => Promise<void>;
  onAnother: (() => void) | undefined;
}

/** The code, and what can be done when it does not come. */
export function TypeProof(props: TypeProofProps): ReactElement {
  const { link, ceremony, option, onSend, onProven, onAnother } = props;
  const { t } = useLinkTexts();
  const [code, setCode] = useState('');
  const [hasTried, setHasTried] = useState(false);
  const { run, ...task } = useTask();
  const challenge = option.needsSend ? ceremony.challenge : null;
  const isWords = option.method === 'recovery-code';
  const isShort = isWords ? code.trim() === '' : code.length < DIGITS;

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setHasTried(true);
    if (isShort) return document.getElementById('code')?.focus();
    await run(async () => onProven(await proveLink(link.draft, ceremony.id, option, code, challenge?.id)));
    setCode('');
    setHasTried(false);
  };
  const missing = t(isWords ? 'problems.need-recovery-code' : 'problems.rule-six-digits');
  const field = {
    id: 'code',
    value: code,
    onChange: setCode,
    error: hasTried && isShort ? missing : undefined,
  };
  return (
    <LinkScreen
      draft={link.draft}
      title={t(`ceremony.prove-title-${option.method}`)}
      lead={optionWords(t, 'prove', option)}
      onBack={() => link.restart()}
      actions={
        <>
          <Button look="primary" wide type="submit" form="proof" busy={task.isBusy}>
            {t('linked.next')}
          </Button>
          {onAnother && (
            <Button look="quiet" wide onClick={onAnother}>
              {t('ceremony.another-way')}
            </Button>
          )}
        </>
      }
    >
      <ProblemNotice {...task} />
      <form className="form" id="proof" onSubmit={submit} noValidate>
        {isWords ? (
          <TextField {...field} label={t('ceremony.recovery-code')} autoComplete="off" />
        ) : (
          <CodeField {...field} label={t('ceremony.code')} />
        )}
      </form>
      {challenge && <SentCode key={challenge.id} challenge={challenge} onSend={() => run(onSend)} />}
    </LinkScreen>
  );
}

/** How long a sent code lasts, and when another one can be sent. */
function SentCode({ challenge, onSend }: { challenge: SentChallenge; onSend: () => void }): ReactElement {
  const { t } = useLinkTexts();
  const lasts = useSecondsLeft(Date.parse(challenge.expiresAt));
  const wait = useSecondsLeft(challenge.resendAt ? Date.parse(challenge.resendAt) : null);
  return (
    <div className="stack stack--tight">
      <p className="muted" role={lasts === 0 ? 'status' : undefined}>
        {lasts > 0 ? (
          <>
            {t('ceremony.code-lasts')} <Countdown seconds={lasts} />
          </>
        ) : (
          t('ceremony.code-expired')
        )}
      </p>
      {wait > 0 ? (
        <p className="muted">
          {t('ceremony.send-another-in')} <Countdown seconds={wait} />
        </p>
      ) : (
        <Button small look="secondary" icon="refresh" className="button--start" onClick={onSend}>
          {t('ceremony.send-another')}
        </Button>
      )}
      <span className="visually-hidden" role="status">
        {wait === 0 ? t('ceremony.send-another-ready') : ''}
      </span>
    </div>
  );
}
