import { Button, Countdown, Notice, useSecondsLeft } from '@sigillo/ui';
import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '../../../forms/problem-notice.tsx';
import { useAction } from '../../../forms/use-action.ts';
import { askCaller, type CallerAsked, type CallerState, readCallerAnswer } from './holders.api.ts';

const POLL_MS = 2_000;

interface CallerProps {
  file: string;
  hasApp: boolean;
  /** Told of the check once it is confirmed. */
  onConfirmed?: (check: string) => void;
}

/** Whether who is on the telephone is the holder: their app is asked, and they type the number they hear. */
export function VerifyCaller(props: CallerProps): ReactElement {
  const { t } = useTranslation('holders');
  return (
    <section className="card">
      <h2>{t('holders.caller')}</h2>
      <CallerCheck {...props} />
    </section>
  );
}

/** The same inside of something else. */
export function CallerCheck({ file, hasApp, onConfirmed }: CallerProps): ReactElement {
  const { t } = useTranslation('holders');
  const [asked, setAsked] = useState<CallerAsked>();
  const { run, busy, problem, attempt, waitSeconds } = useAction();
  const ask = (): Promise<boolean> => run(async () => setAsked(await askCaller(file)));
  return (
    <>
      <p className="muted">{t(hasApp ? 'holders.caller-text' : 'holders.caller-no-app')}</p>
      <ProblemNotice problem={problem} attempt={attempt} />
      {asked && <Asked key={asked.id} file={file} asked={asked} onConfirmed={onConfirmed} />}
      {hasApp && (
        <div>
          <Button icon="phone" busy={busy} unavailable={waitSeconds > 0} onClick={() => void ask()}>
            {t(asked ? 'holders.caller-again' : 'holders.caller-ask')}
          </Button>
        </div>
      )}
    </>
  );
}

interface AskedProps extends Pick<CallerProps, 'file'> {
  asked: CallerAsked;
  onConfirmed: CallerProps['onConfirmed'];
}

function Asked({ file, asked, onConfirmed }: AskedProps): ReactElement {
  const { t } = useTranslation('holders');
  const { data: state = 'waiting' } = useQuery({
    queryKey: ['caller-check', asked.id],
    queryFn: () => readCallerAnswer(file, asked.id),
    // A confirmation is over after a few minutes: the page must not say otherwise.
    refetchInterval: ({ state: { data, error } }) =>
      error || (data && data !== 'waiting' && data !== 'confirmed') ? false : POLL_MS,
    retry: false,
  });
  const { id } = asked;
  useEffect(() => {
    if (state === 'confirmed') onConfirmed?.(id);
  }, [state, id, onConfirmed]);
  if (state === 'waiting') return <Waiting asked={asked} />;
  return (
    <Notice tone={TONES[state]} title={t(`holders.caller-${state}-title`)} live>
      <p>{t(`holders.caller-${state}`)}</p>
    </Notice>
  );
}

const TONES = {
  confirmed: 'success',
  refused: 'warning',
  'wrong-number': 'warning',
  over: 'warning',
  'not-me': 'danger',
} as const satisfies Record<Exclude<CallerState, 'waiting'>, string>;

function Waiting({ asked }: { asked: CallerAsked }): ReactElement {
  const { t } = useTranslation('holders');
  const seconds = useSecondsLeft(Date.parse(asked.expiresAt));
  return (
    <div className="stack">
      <div className="user-id matching-number">
        <span className="muted">{t('holders.caller-read-out')}</span>
        <output aria-label={t('holders.caller-read-out')}>{asked.number}</output>
      </div>
      <p className="muted" role="status">
        {t('holders.caller-waiting')} <Countdown seconds={seconds} />
      </p>
    </div>
  );
}
