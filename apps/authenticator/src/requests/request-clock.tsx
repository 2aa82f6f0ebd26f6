import { Countdown, Icon } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';

/** From here on somebody who is still reading is told that time runs out (WCAG 2.2, 2.2.1: at least 20 seconds). */
const HURRY_SECONDS = 30;

/** How long an answer is still taken. */
export function RequestClock({ seconds }: { seconds: number }): ReactElement {
  const { t } = useTranslation();
  return (
    <p className="request-clock" data-hurry={seconds <= HURRY_SECONDS}>
      <Icon name="clock" small />
      <span className="visually-hidden">{t('requests.time-left')}</span>
      <Countdown seconds={seconds} />
    </p>
  );
}

/** Says once that little time is left, also to screen readers. */
export function Hurry({ seconds }: { seconds: number }): ReactElement {
  const { t } = useTranslation();
  return (
    <p className="hurry" role="status">
      {seconds <= HURRY_SECONDS && t('requests.hurry', { seconds: HURRY_SECONDS })}
    </p>
  );
}
