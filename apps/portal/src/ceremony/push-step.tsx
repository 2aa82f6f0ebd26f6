import { Countdown, nowMs, useSecondsLeft } from '@sigillo/ui';
import { type ReactElement, useEffect, useEffectEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { isProblem } from '../api/api-problem.ts';
import type { CeremonyView, ChallengeView, MethodOption } from '../api/contract.ts';
import { useBrand } from '../app/session.ts';
import { ProblemNotice, RequestId } from '../forms/problem-notice.tsx';
import { SubmitButton } from '../forms/submit-button.tsx';
import { type Action, useAction } from '../forms/use-action.ts';
import { useLive } from '../live/use-live.ts';
import { ceremonyPath, getCeremony, startChallenge } from './ceremony.api.ts';
import { OtherWays } from './other-ways.tsx';
import { useStage } from './stage.tsx';

interface PushStepProps {
  ceremony: CeremonyView;
  option: MethodOption;
  /** The last notification, however it ended. */
  challenge: ChallengeView | null;
  /** The holder has just chosen this: what they wait for is sent without another press. */
  isWanted: boolean;
  onSent: (challenge: ChallengeView) => void;
  onProven: (ceremony: CeremonyView) => void;
  onChange: (ceremony: CeremonyView) => void;
  /** "It wasn't me": the whole sign-in is over. */
  onRefused: () => void;
  onAnother: (() => void) | undefined;
  onRecover: (() => void) | undefined;
}

type PushState = 'unsent' | ChallengeView['state'];

/** How the notification stands: what is open on the server may be over by the clock of this page. */
function pushState(challenge: ChallengeView | null, secondsLeft: number): PushState {
  if (!challenge) return 'unsent';
  return challenge.state === 'open' && secondsLeft <= 0 ? 'expired' : challenge.state;
}

/** A notification in the app, answered by the number that stands here (PUSH-1). Changes by itself, and says so. */
export function PushStep(props: PushStepProps): ReactElement {
  const { ceremony, option, challenge, isWanted, onSent, onAnother, onRecover } = props;
  const { t } = useTranslation('ceremony');
  const Stage = useStage();
  const app = useBrand()?.name ?? '';
  const { run, ...action } = useAction();
  const left = useSecondsLeft(challenge ? Date.parse(challenge.expiresAt) : null);
  const state = pushState(challenge, left);
  const send = (): Promise<boolean> => run(async () => onSent(await startChallenge(ceremony.id, option)));
  const sendAtOnce = useEffectEvent(() => void (isWanted && state !== 'open' && send()));
  useEffect(() => sendAtOnce(), []);
  useAnswer(props, state === 'open', run);

  return (
    <Stage title={t(`ceremony.push-${state}-title`)} lead={t(`ceremony.push-${state}`, { app })}>
      <ProblemNotice problem={action.problem} attempt={action.attempt} />
      {state === 'open' && challenge ? (
        <MatchingNumber number={challenge.number ?? ''} secondsLeft={left} />
      ) : (
        <div className="actions">
          <SubmitButton state={action} icon="bell" onClick={send}>
            {state === 'unsent' ? t('ceremony.push-send') : t('ceremony.push-send-again')}
          </SubmitButton>
        </div>
      )}
      <OtherWays onAnother={onAnother} onRecover={onRecover} />
      <RequestId problem={action.problem} />
      <span className="visually-hidden" role="status">
        {state === 'unsent' ? '' : t(`ceremony.push-said-${state}`, { number: challenge?.number ?? '' })}
      </span>
    </Stage>
  );
}

/** Waits for the answer of the app: the next step, a refusal, or the end of the ceremony. */
function useAnswer(props: PushStepProps, isOpen: boolean, run: Action['run']): void {
  const { ceremony, onProven, onChange, onRefused } = props;
  useLive(isOpen ? `${ceremonyPath(ceremony.id)}/events` : undefined, async () => {
    try {
      const next = await getCeremony(ceremony.id);
      const isProven = next.state === 'satisfied' || next.proven.length > ceremony.proven.length;
      if (isProven) onProven(next);
      else onChange(next);
    } catch (error) {
      if (!isProblem(error, 'ceremony-gone')) return;
      if (nowMs() < Date.parse(ceremony.expiresAt)) return onRefused();
      await run(() => Promise.reject(error));
    }
  });
}

/** Big, to be read from the screen at arm's length; digits are said one by one. */
function MatchingNumber({ number, secondsLeft }: { number: string; secondsLeft: number }): ReactElement {
  const { t } = useTranslation('ceremony');
  return (
    <div className="user-id matching-number">
      <span className="muted">{t('ceremony.push-number')}</span>
      <output aria-label={t('ceremony.push-number')}>{number}</output>
      <p className="muted small">
        {t('ceremony.push-lasts')} <Countdown seconds={secondsLeft} />
      </p>
    </div>
  );
}
