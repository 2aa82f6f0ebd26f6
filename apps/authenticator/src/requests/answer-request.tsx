import { useSecondsLeft } from '@sigillo/ui';
import { type ReactElement, useEffect, useEffectEvent } from 'react';
import type { LinkedAccount } from '../linked/linked-account.ts';
import { useLinkedAccounts } from '../linked/use-linked-accounts.ts';
import { AskScreen } from './ask.screen.tsx';
import { OutcomeScreen } from './outcome.screen.tsx';
import type { PendingRequest } from './request.ts';
import { useAnswer } from './use-answer.ts';

interface AnswerRequestProps {
  account: LinkedAccount;
  request: PendingRequest;
  /** False once the server says that it waits no more. */
  isWaiting?: boolean;
  /** The holder answered here. */
  onAnswered?: () => void;
}

/** One request from the question to how it ended; whoever comes too late is told so. */
export function AnswerRequest(props: AnswerRequestProps): ReactElement {
  const { account, request, isWaiting = true, onAnswered } = props;
  const secondsLeft = useSecondsLeft(Date.parse(request.expiresAt));
  const answering = useAnswer(account, request);
  const { outcome, busy } = answering;
  const tell = useEffectEvent(() => onAnswered?.());
  useEffect(() => {
    if (outcome) tell();
  }, [outcome]);

  const isStopped = useLinkedAccounts()?.find(({ id }) => id === account.id)?.state === 'stopped';
  const about = { account, isSignIn: request.type === 'sign-in' };
  if (outcome) return <OutcomeScreen key={outcome.kind} outcome={outcome} {...about} />;
  // An answer on its way may still be in time: the server says.
  if (busy)
    return <AskScreen account={account} request={request} answering={answering} seconds={secondsLeft} />;
  if (isStopped) return <OutcomeScreen key="stopped" outcome={{ kind: 'stopped' }} {...about} />;
  if (secondsLeft === 0) return <OutcomeScreen key="expired" outcome={{ kind: 'expired' }} {...about} />;
  if (!isWaiting) return <OutcomeScreen key="elsewhere" outcome={{ kind: 'elsewhere' }} {...about} />;
  return <AskScreen account={account} request={request} answering={answering} seconds={secondsLeft} />;
}
