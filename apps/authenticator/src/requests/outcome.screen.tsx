import { buttonClass, CopyButton, Icon, Notice, Outcome as OutcomePicture } from '@sigillo/ui';
import type { ComponentProps, ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Screen } from '../app/screen.tsx';
import type { LinkedAccount } from '../linked/linked-account.ts';
import type { Outcome } from './use-answer.ts';

/** How it ended, here or without this device. */
type AnyOutcome = Outcome | { kind: 'expired' | 'elsewhere' | 'stopped' };

interface OutcomeScreenProps {
  outcome: AnyOutcome;
  account: LinkedAccount;
  isSignIn: boolean;
}

/** What came of it, and what is next. */
export function OutcomeScreen({ outcome, account, isSignIn }: OutcomeScreenProps): ReactElement {
  const { t } = useTranslation();
  const what = isSignIn ? 'sign-in' : 'operation';
  switch (outcome.kind) {
    case 'approved':
      if (outcome.check !== null) return <Check code={outcome.check} />;
      return (
        <Ended
          picture={{ icon: 'check' }}
          title={t('requests.approved-title')}
          lead={t(`requests.approved-${what}`)}
        />
      );
    case 'refused':
      return (
        <Ended
          picture={{ icon: 'close', tone: 'neutral' }}
          title={t('requests.refused-title')}
          lead={t(`requests.refused-${what}`)}
        >
          <Notice>{t('requests.refused-again')}</Notice>
        </Ended>
      );
    case 'not-me':
      return <NotMe issuer={account.issuer} />;
    case 'wrong':
      return (
        <Ended
          picture={{ icon: 'close', tone: 'warning' }}
          title={t('requests.wrong-title')}
          lead={t('requests.wrong')}
        >
          <Notice tone="warning">{t('requests.wrong-warning')}</Notice>
        </Ended>
      );
    case 'stopped':
    case 'device-gone':
    case 'device-frozen':
      return <Stopped why={outcome.kind} name={account.name} />;
    default:
      return (
        <Ended
          picture={{ icon: 'clock', tone: 'neutral' }}
          title={t(`requests.${outcome.kind}-title`)}
          lead={t(`requests.${outcome.kind}`)}
        />
      );
  }
}

interface EndedProps {
  picture: ComponentProps<typeof OutcomePicture>;
  title: string;
  lead: string;
  /** Above the way home. */
  actions?: ReactNode;
  children?: ReactNode;
}

/** The last screen of a request. */
export function Ended({ picture, title, lead, actions, children }: EndedProps): ReactElement {
  const { t } = useTranslation();
  return (
    <Screen
      title={title}
      actions={
        <>
          {actions}
          <Link className={buttonClass(actions ? 'quiet' : 'primary', { wide: true })} to="/">
            {t('authenticator.to-home')}
          </Link>
        </>
      }
    >
      <div className="ended">
        <OutcomePicture {...picture} />
        <p className="lead">{lead}</p>
      </div>
      {children}
    </Screen>
  );
}

/** The browser is new to the account, or far away: six digits say that both are in the same hands ([QR-3]). */
function Check({ code }: { code: string }): ReactElement {
  const { t } = useTranslation();
  return (
    <Ended
      picture={{ icon: 'computer', tone: 'neutral' }}
      title={t('requests.check-title')}
      lead={t('requests.check-lead')}
    >
      <div className="check">
        <output className="code-digits" aria-label={t('requests.check-code')}>
          {`${code.slice(0, 3)} ${code.slice(3)}`}
        </output>
        <CopyButton text={code} label={t('requests.copy-check')} />
      </div>
      <Notice>{t('requests.check-secret')}</Notice>
    </Ended>
  );
}

function NotMe({ issuer }: { issuer: string }): ReactElement {
  const { t } = useTranslation();
  const change = (
    <a
      className={buttonClass('primary', { wide: true })}
      href={`${issuer}/account/security`}
      target="_blank"
      rel="noreferrer"
    >
      <span>{t('requests.change-password')}</span>
      <Icon name="external" />
    </a>
  );
  return (
    <Ended
      picture={{ icon: 'shield', tone: 'neutral' }}
      title={t('requests.not-me-done-title')}
      lead={t('requests.not-me-done-lead')}
      actions={change}
    >
      <ul className="notice-list">
        <li>{t('requests.not-me-ended')}</li>
        <li>{t('requests.not-me-mailed')}</li>
        <li>{t('requests.not-me-muted')}</li>
      </ul>
      <p>{t('requests.not-me-next')}</p>
    </Ended>
  );
}

/** The server takes nothing from this device any more. */
export function Stopped({
  why,
  name,
}: {
  why: 'stopped' | 'device-gone' | 'device-frozen';
  name: string;
}): ReactElement {
  const { t } = useTranslation();
  const link = (
    <Link className={buttonClass('primary', { wide: true })} to="/link">
      {t('requests.link-again')}
    </Link>
  );
  return (
    <Ended
      picture={{ icon: 'warning', tone: 'warning' }}
      title={why === 'stopped' ? t('linked.stopped-title') : t(`requests.${why}-title`)}
      lead={why === 'stopped' ? t('linked.stopped', { name }) : t(`requests.${why}`, { name })}
      actions={link}
    />
  );
}
