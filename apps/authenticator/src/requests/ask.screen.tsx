import { Countdown, Icon, Notice } from '@sigillo/ui';
import { type ReactElement, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Screen } from '../app/screen.tsx';
import type { LinkedAccount } from '../linked/linked-account.ts';
import { AnswerButtons } from './answer-buttons.tsx';
import { NotMeDialog } from './not-me.dialog.tsx';
import { NumberField } from './number-field.tsx';
import { type PendingRequest, readText, type Shown } from './request.ts';
import type { Answering } from './use-answer.ts';
import { WhichAccount } from './which-account.tsx';

interface AskScreenProps {
  account: LinkedAccount;
  request: PendingRequest;
  answering: Answering;
  /** Left to answer. */
  seconds: number;
}

/** What is asked, by whom and from where; what can be answered stands below, refusing first. */
export function AskScreen({ account, request, answering, seconds }: AskScreenProps): ReactElement {
  const { t } = useTranslation();
  const { numberDigits, fromNewPlace } = request;
  const [number, setNumber] = useState('');
  const [isDisowning, setIsDisowning] = useState(false);
  const approveId = useId();
  const factsId = useId();
  const { question, facts } = readText(request.text);
  const isReady = numberDigits === null || number.length === numberDigits;
  return (
    <Screen
      title={question}
      back="/"
      tools={<Clock seconds={seconds} />}
      actions={
        <AnswerButtons
          isSignIn={request.type === 'sign-in'}
          approveId={approveId}
          describedBy={factsId}
          isReady={isReady}
          busy={answering.busy}
          onRefuse={() => answering.refuse('refused')}
          onApprove={() => answering.approve(numberDigits === null ? null : number)}
          onNotMe={() => setIsDisowning(true)}
        />
      }
    >
      <Hurry seconds={seconds} />
      {answering.trouble && (
        <Notice live tone="warning">
          {t(`requests.${answering.trouble}`)}
        </Notice>
      )}
      {fromNewPlace && (
        <Notice tone="danger" title={t('requests.new-place-title')}>
          {t('requests.new-place')}
        </Notice>
      )}
      <div className="asked" id={factsId}>
        <WhichAccount account={account} />
        <Facts facts={facts} />
      </div>
      {numberDigits !== null && (
        <NumberField
          digits={numberDigits}
          value={number}
          onChange={setNumber}
          onEnter={() => isReady && document.getElementById(approveId)?.focus()}
        />
      )}
      {isDisowning && (
        <NotMeDialog
          isBusy={answering.busy === 'not-me'}
          onConfirm={() => answering.refuse('not-me')}
          onClose={() => setIsDisowning(false)}
        />
      )}
    </Screen>
  );
}

function Facts({ facts }: Pick<Shown, 'facts'>): ReactElement {
  return (
    <dl className="facts">
      {facts.map(({ label, value }, index) => (
        // Lines never change places, and two of them may say the same.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <div key={index}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Always in sight, at the end of the bar. */
function Clock({ seconds }: { seconds: number }): ReactElement {
  const { t } = useTranslation();
  return (
    <p className="request-clock" data-hurry={seconds <= HURRY_SECONDS}>
      <Icon name="clock" small />
      <span className="visually-hidden">{t('requests.time-left')}</span>
      <Countdown seconds={seconds} />
    </p>
  );
}

/** When somebody who is still reading is told that time runs out (WCAG 2.2, 2.2.1: at least 20 seconds). */
const HURRY_SECONDS = 30;

function Hurry({ seconds }: { seconds: number }): ReactElement {
  const { t } = useTranslation();
  return (
    <p className="hurry" role="status">
      {seconds <= HURRY_SECONDS && t('requests.hurry', { seconds: HURRY_SECONDS })}
    </p>
  );
}
