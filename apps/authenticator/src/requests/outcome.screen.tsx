import { Notice } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { LinkedAccount } from '../linked/linked-account.ts';
import { CheckScreen } from './check.screen.tsx';
import { Ended } from './ended.tsx';
import { NotMeDoneScreen } from './not-me-done.screen.tsx';
import { StoppedScreen } from './stopped.screen.tsx';
import type { Outcome } from './use-answer.ts';

interface OutcomeScreenProps {
  /** How it ended, here or without this device. */
  outcome: Outcome | { kind: 'expired' | 'elsewhere' | 'stopped' };
  account: LinkedAccount;
  isSignIn: boolean;
}

/** What came of a request, and what is next. */
export function OutcomeScreen({ outcome, account, isSignIn }: OutcomeScreenProps): ReactElement {
  const what = isSignIn ? 'sign-in' : 'operation';
  switch (outcome.kind) {
    case 'approved':
      return outcome.check === null ? <Approved what={what} /> : <CheckScreen code={outcome.check} />;
    case 'refused':
      return <Refused what={what} />;
    case 'not-me':
      return <NotMeDoneScreen issuer={account.issuer} />;
    case 'wrong':
      return <WrongNumber />;
    case 'stopped':
    case 'device-gone':
    case 'device-frozen':
      return <StoppedScreen why={outcome.kind} name={account.name} />;
    default:
      return <Over why={outcome.kind} />;
  }
}

function Approved({ what }: { what: 'sign-in' | 'operation' }): ReactElement {
  const { t } = useTranslation();
  return (
    <Ended
      picture={{ icon: 'check' }}
      title={t('requests.approved-title')}
      lead={t(`requests.approved-${what}`)}
    />
  );
}

function Refused({ what }: { what: 'sign-in' | 'operation' }): ReactElement {
  const { t } = useTranslation();
  return (
    <Ended
      picture={{ icon: 'close', tone: 'neutral' }}
      title={t('requests.refused-title')}
      lead={t(`requests.refused-${what}`)}
    >
      <Notice>{t('requests.refused-again')}</Notice>
    </Ended>
  );
}

function WrongNumber(): ReactElement {
  const { t } = useTranslation();
  return (
    <Ended
      picture={{ icon: 'close', tone: 'warning' }}
      title={t('requests.wrong-title')}
      lead={t('requests.wrong')}
    >
      <Notice tone="warning">{t('requests.wrong-warning')}</Notice>
    </Ended>
  );
}

/** Too late: nothing was answered here. */
export function Over({ why }: { why: 'gone' | 'expired' | 'elsewhere' }): ReactElement {
  const { t } = useTranslation();
  return (
    <Ended
      picture={{ icon: 'clock', tone: 'neutral' }}
      title={t(`requests.${why}-title`)}
      lead={t(`requests.${why}`)}
    />
  );
}
