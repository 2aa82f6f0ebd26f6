import { Notice } from '@sigillo/ui';
import { type ReactElement, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Screen } from '../app/screen.tsx';
import type { LinkedAccount } from '../linked/linked-account.ts';
import { AnswerButtons } from './answer-buttons.tsx';
import { Asked } from './asked.tsx';
import { NumberField } from './number-field.tsx';
import { type PendingRequest, readText } from './request.ts';
import { Hurry, RequestClock } from './request-clock.tsx';
import type { Answering } from './use-answer.ts';

interface AskScreenProps {
  account: LinkedAccount;
  request: PendingRequest;
  answering: Answering;
  /** Left to answer. */
  seconds: number;
}

/** What is asked, by whom and from where; what can be answered stands below. */
export function AskScreen({ account, request, answering, seconds }: AskScreenProps): ReactElement {
  const { numberDigits: digits } = request;
  const [number, setNumber] = useState('');
  const factsId = useId();
  const approveId = useId();
  const refuse = useRef<HTMLButtonElement>(null);
  // After the heading of the screen has had the focus: refusing is what Enter does from the start ([QR-4]).
  useEffect(() => refuse.current?.focus({ preventScroll: true }), []);
  const { question, facts } = readText(request.text);
  const isReady = digits === null || number.length === digits;
  const focusApprove = (): void => {
    if (isReady) document.getElementById(approveId)?.focus();
  };
  return (
    <Screen
      title={question}
      back="/"
      tools={<RequestClock seconds={seconds} />}
      actions={
        <AnswerButtons
          isSignIn={request.type === 'sign-in'}
          refuse={refuse}
          approveId={approveId}
          describedBy={factsId}
          isReady={isReady}
          answering={answering}
          number={digits === null ? null : number}
        />
      }
    >
      <Hurry seconds={seconds} />
      <Warnings fromNewPlace={request.fromNewPlace} trouble={answering.trouble} />
      <Asked id={factsId} account={account} facts={facts} />
      {digits !== null && (
        <NumberField digits={digits} value={number} onChange={setNumber} onEnter={focusApprove} />
      )}
    </Screen>
  );
}

type WarningsProps = Pick<PendingRequest, 'fromNewPlace'> & Pick<Answering, 'trouble'>;

function Warnings({ fromNewPlace, trouble }: WarningsProps): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      {trouble && (
        <Notice live tone="warning">
          {t(`requests.${trouble}`)}
        </Notice>
      )}
      {fromNewPlace && (
        <Notice tone="danger" title={t('requests.new-place-title')}>
          {t('requests.new-place')}
        </Notice>
      )}
    </>
  );
}
